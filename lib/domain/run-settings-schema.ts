import type { Zod } from '#lib/shared/zod.ts';

/** How a run searches eBay. Defaults are those of a US dropshipping search. */
export const runSettingsSchema = (z: Zod) =>
  z.strictObject({
    marketplace: z
      .string()
      .regex(/^EBAY_[A-Z]{2,4}$/)
      .default('EBAY_US'),
    condition: z.enum(['new', 'any']).default('new'),
    free_shipping: z.boolean().default(true),
    /** ISO 3166 country the item must be in; null: anywhere. */
    location: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .nullable()
      .default('US'),
    /** `share`: low and high are percent of the Amazon price; `markup`: percent added to it. */
    price_band: z
      .strictObject({
        mode: z.enum(['share', 'markup']),
        low: z.number().min(0).max(10_000),
        high: z.number().min(0).max(10_000),
      })
      .refine((band) => band.low <= band.high, { error: 'low must not be above high' })
      .nullable()
      .default({ mode: 'share', low: 80, high: 120 }),
    pages_per_product: z.int().min(1).max(5).default(3),
    min_feedback: z.int().min(0).nullable().default(null),
    max_feedback: z.int().min(0).nullable().default(null),
    products_per_category: z.int().min(1).max(100).default(20),
    exclude_sellers: z.array(z.string().max(200)).max(1000).default([]),
    parallel: z.int().min(1).max(20).default(5),
  });
