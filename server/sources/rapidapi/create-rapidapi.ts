import { z } from 'zod';
import { parsePrice } from '#lib/domain/price-text.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { asinOf, PLACES_PER_PAGE, rankInList, takePage, titleOf } from '../best-seller-list.ts';
import type { ProviderAnswer } from '../call-provider.ts';
import { callProvider, parseJson, throwForStatus } from '../call-provider.ts';
import type { FoundProduct, ProductSource } from '../source.ts';
import { categoryPath } from './category-path.ts';

export interface RapidApiOptions {
  /** Origin of the API. */
  url: string;
  key: string;
  timeoutMs: number;
}

/** The API is chosen by this name, wherever the request goes. */
const HOST = 'real-time-amazon-data.p.rapidapi.com';
export const defaultRapidApiUrl = `https://${HOST}`;
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

const listed = z.object({
  rank: z.number().nullish(),
  asin: z.string().nullish(),
  product_title: z.string().nullish(),
  product_price: z.string().nullish(),
  product_url: z.string().nullish(),
});
const answerShape = z.object({
  status: z.literal('OK'),
  data: z.object({ best_sellers: z.array(z.unknown()), country: z.string().nullish() }),
});

/** Amazon's US best sellers from “Real-Time Amazon Data” on RapidAPI. */
export function createRapidApi(options: RapidApiOptions | null): ProductSource {
  return {
    id: 'rapidapi',
    name: 'Amazon best sellers (RapidAPI)',
    configured: options !== null,
    currency: 'USD',
    pageSize: PLACES_PER_PAGE,
    async bestSellers({ category, page, limit, signal }) {
      if (!options) throw new AppError('auth', { details: { missing: ['RAPIDAPI_KEY'] } });
      const path = categoryPath(category.id);
      if (path === null) throw new AppError('internal', { details: { category: category.id } });
      const url = new URL('/best-sellers', options.url);
      const query = { category: path, type: 'BEST_SELLERS', page: String(page), country: 'US' };
      url.search = new URLSearchParams(query).toString();
      const answer = await callProvider({
        url,
        method: 'GET',
        headers: { 'X-RapidAPI-Key': options.key, 'X-RapidAPI-Host': HOST },
        timeoutMs: options.timeoutMs,
        maxBytes: MAX_ANSWER_BYTES,
        signal,
      });
      throwForQuota(answer);
      throwForStatus(answer);
      const { best_sellers } = parseJson(answer.text, answerShape).data;
      return takePage(
        best_sellers.flatMap((item) => readProduct(item, page)),
        { page, limit },
      );
    },
  };
}

/** 429 is both “too fast” and “the plan's month is used up”; then none of its requests remain. */
function throwForQuota({ status, headers }: ProviderAnswer): void {
  if (status !== 429 || headers.get('x-ratelimit-requests-remaining') !== '0') return;
  const seconds = Number(headers.get('x-ratelimit-requests-reset') ?? Number.NaN);
  const resets = Number.isFinite(seconds) && seconds > 0 ? { resets_at: Date.now() + seconds * 1000 } : {};
  throw new AppError('quota', { details: { status, ...resets } });
}

function readProduct(item: unknown, page: number): FoundProduct[] {
  const product = listed.safeParse(item).data;
  const title = titleOf(product?.product_title);
  const external_id = asinOf(product?.asin, product?.product_url);
  if (!product || title === null || external_id === null) return [];
  const price = parsePrice(product.product_price ?? '');
  const priced = price !== null && price.price_cents > 0;
  return [
    {
      external_id,
      title,
      price_cents: priced ? price.price_cents : null,
      currency: priced ? (price.currency ?? 'USD') : null,
      rank: rankInList(product.rank, page),
    },
  ];
}
