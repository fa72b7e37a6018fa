import { z } from 'zod';
import { MAX_PRODUCTS } from '#lib/domain/max-products.ts';
import { partialRunSettings } from '#lib/domain/partial-run-settings.ts';
import { runSettings } from '#lib/domain/run-settings.ts';
import { collectionRuns } from '#lib/tables/collection-runs.ts';
import { rowSchema } from '#lib/tables/wire-schemas.ts';

export const categoriesAnswer = z.object({
  departments: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      categories: z.array(
        z.object({ id: z.string(), name: z.string(), node_id: z.string(), last_product_count: z.int().nullable() }),
      ),
    }),
  ),
});
export type CategoriesAnswer = z.infer<typeof categoriesAnswer>;

const source = z.object({
  id: z.string(),
  name: z.string(),
  configured: z.boolean(),
  /** The one to offer first: the first real one that is configured, else the built-in catalogue. */
  default: z.boolean().default(false),
  microusd_per_call: z.int(),
});
export const sourcesAnswer = z.object({ product: z.array(source), seller: z.array(source) });
export type SourcesAnswer = z.infer<typeof sourcesAnswer>;

/** A product of the person's own list. Without a currency the price is in the marketplace's. */
export const listedProduct = z.strictObject({
  title: z.string().trim().min(1).max(500),
  price_cents: z.int().min(0).nullable().optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .nullable()
    .optional(),
  asin: z.string().max(20).nullable().optional(),
});
export type ListedProduct = z.infer<typeof listedProduct>;

/** With the product source `list`, `products` are given and `category_ids` not; with any other it is the other way. */
export const runRequest = z.strictObject({
  /** Made by the client, for the run: the same request under the same id again answers the run that it made. */
  id: z.uuid().optional(),
  name: z.string().trim().min(1).max(200).optional(),
  category_ids: z.array(z.string().max(100)).max(1000).optional(),
  products: z.array(listedProduct).max(MAX_PRODUCTS).optional(),
  product_source: z.string().max(64).optional(),
  seller_source: z.string().max(64).optional(),
  settings: z.partialRecord(z.string(), z.unknown()).optional(),
});
export type RunRequest = z.infer<typeof runRequest>;
export { runSettings };

/** An ended run once more; `failed`: only the categories that could not be read and the products whose search failed. */
export const rerunRequest = z.strictObject({
  /** As of a run. */
  id: z.uuid().optional(),
  name: z.string().trim().min(1).max(200).optional(),
  only: z.literal('failed').optional(),
});
export type RerunRequest = z.infer<typeof rerunRequest>;

const kept = ['rerun_of', 'preset_id', 'schedule_id'] as const;
const besideKept: ReadonlySet<string> = new Set(['id', 'name', 'only', ...kept]);

/** What is to be estimated: the request for a run, an ended run once more, or what a preset or a schedule keeps. */
export const estimateRequest = runRequest
  .extend({
    rerun_of: z.uuid().optional(),
    /** With `rerun_of`. */
    only: z.literal('failed').optional(),
    preset_id: z.uuid().optional(),
    schedule_id: z.uuid().optional(),
  })
  .check(({ value, issues }) => {
    const [which, ...others] = kept.filter((name) => value[name] !== undefined);
    const given = Object.keys(value).filter((name) => value[name as keyof typeof value] !== undefined);
    const odd = which === undefined ? [] : [...others, ...given.filter((name) => !besideKept.has(name))];
    if (which !== 'rerun_of' && value.only !== undefined) odd.push('only');
    const message = which === undefined ? 'Goes with rerun_of.' : `Does not go with ${which}.`;
    for (const name of odd) issues.push({ code: 'custom', input: value, path: [name], message });
  });
export type EstimateRequest = z.infer<typeof estimateRequest>;

export const estimateAnswer = z.object({
  categories: z.array(z.object({ id: z.string(), calls: z.int(), products: z.int(), cost_cents: z.int() })),
  total: z.object({ calls: z.int(), products: z.int(), cost_cents: z.int() }),
  budget: z.object({ cap_cents: z.int(), warn: z.boolean(), allowed: z.boolean() }),
  /** Settings that the sources cannot do, and what happens instead, in sentences for people. */
  unsupported: z.array(z.object({ setting: z.string(), message: z.string() })).default([]),
});
export type EstimateAnswer = z.infer<typeof estimateAnswer>;

/** A run on the wire, with every column of the synced table. */
export const runAnswer = rowSchema(collectionRuns);
export const activeRunAnswer = z.object({ run: runAnswer.nullable() });
export const runsAnswer = z.object({ runs: z.array(runAnswer), next_cursor: z.string().nullable() });

const searchState = z.object({
  slot: z.int(),
  state: z.enum(['idle', 'searching', 'waiting', 'retrying']),
  query: z.string().nullable(),
  since: z.iso.datetime().nullable(),
  last_error: z.string().nullable(),
  /** While it waits or is about to try again: how long still. */
  wait_seconds: z.number().nullable().default(null),
});
export const progressExtra = z.object({
  current_category: z.string().nullable(),
  waiting_seconds: z.number().nullable(),
  eta_seconds: z.number().nullable(),
  searches: z.array(searchState),
});
/** `/progress` answers a run's fields and these beside them. */
export type RunProgress = z.infer<typeof runAnswer> & z.infer<typeof progressExtra>;

export const collectionSettings = z.strictObject({
  budget_cap_cents: z.int().min(0).max(100_000_000),
  soft_warning_percent: z.int().min(1).max(100),
  max_concurrent_runs: z.int().min(1).max(100),
  microusd_per_call: z.record(z.string(), z.int().min(0)),
  /** How runs search where their request leaves a setting out. A change replaces all of them. */
  default_settings: partialRunSettings,
});
/** A change of them: what is left out stays. */
export const collectionSettingsChange = collectionSettings.partial();
export type CollectionSettings = z.infer<typeof collectionSettings>;
export type CollectionSettingsChange = z.infer<typeof collectionSettingsChange>;
