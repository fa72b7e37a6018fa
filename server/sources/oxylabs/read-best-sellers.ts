import { z } from 'zod';
import { parsePrice } from '#lib/domain/price-text.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { asinOf, rankInList, titleOf } from '../best-seller-list.ts';
import type { FoundProduct } from '../source.ts';

const listed = z.object({
  pos: z.number().nullish(),
  asin: z.string().nullish(),
  url: z.string().nullish(),
  title: z.string().nullish(),
  price: z.union([z.number(), z.string()]).nullish(),
  currency: z.string().nullish(),
});

/** `content` of a parsed `amazon_bestsellers` result. Unparsed it is the page's HTML. */
export const bestSellersContent = z.union([
  z.object({ results: z.array(z.unknown()).nullish(), parse_status_code: z.number().nullish() }),
  z.string(),
]);
type Content = z.infer<typeof bestSellersContent>;

/** 12000: parsed; 12004, 12005: parsed, some fields missing. */
const PARSED = [12_000, 12_004, 12_005];

export type Surprise = 'price_is_text' | 'prices_are_whole_numbers' | 'product_not_understood';

/** Products of a page, and what about it was not as expected. Throws `parse_error` when nothing was parsed. */
export function readBestSellers(content: Content, page: number): { products: FoundProduct[]; surprises: Surprise[] } {
  if (typeof content === 'string' || !content.results) throw notParsed(content);
  const { results, parse_status_code: code } = content;
  if (results.length === 0 && code != null && !PARSED.includes(code)) throw notParsed(content);
  const surprises = new Set<Surprise>();
  const prices: number[] = [];
  const products = results.flatMap((result): FoundProduct[] => {
    const product = listed.safeParse(result).data;
    const title = titleOf(product?.title);
    const external_id = asinOf(product?.asin, product?.url);
    if (!product || title === null || external_id === null) {
      surprises.add('product_not_understood');
      return [];
    }
    if (typeof product.price === 'string' && product.price !== '') surprises.add('price_is_text');
    if (typeof product.price === 'number' && product.price > 0) prices.push(product.price);
    return [{ external_id, title, ...readPrice(product.price, product.currency), rank: rankInList(product.pos, page) }];
  });
  if (inCents(prices)) surprises.add('prices_are_whole_numbers');
  return { products, surprises: [...surprises] };
}

function notParsed(content: Content): AppError {
  const code = typeof content === 'string' ? null : (content.parse_status_code ?? null);
  return new AppError('parse_error', { details: { reason: 'not_parsed', parse_status_code: code } });
}

/** Prices are decimals of `currency`; on amazon.com a price without one is in dollars. 0 means no price. */
function readPrice(
  price: number | string | null | undefined,
  currency: string | null | undefined,
): Pick<FoundProduct, 'price_cents' | 'currency'> {
  const named = /^[A-Z]{3}$/.test(currency ?? '') ? (currency ?? null) : null;
  if (typeof price === 'string') {
    const parsed = parsePrice(price);
    if (parsed === null || parsed.price_cents === 0) return { price_cents: null, currency: null };
    return { price_cents: parsed.price_cents, currency: parsed.currency ?? named ?? 'USD' };
  }
  const cents = Math.round((price ?? 0) * 100);
  if (!Number.isSafeInteger(cents) || cents <= 0) return { price_cents: null, currency: null };
  return { price_cents: cents, currency: named ?? 'USD' };
}

const ENOUGH_PRICES = 10;

/** Ten and more prices without a single odd cent are hardly dollars. */
function inCents(prices: readonly number[]): boolean {
  return prices.length >= ENOUGH_PRICES && prices.every((price) => Number.isInteger(price));
}
