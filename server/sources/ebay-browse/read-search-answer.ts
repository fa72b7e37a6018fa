import { z } from 'zod';
import { normalizeName } from '#lib/domain/seller.ts';
import { parseJson } from '../call-provider.ts';
import type { FoundSeller } from '../source.ts';
import { ebayError } from './ebay-error.ts';

const answerShape = z.object({
  total: z.int().min(0),
  next: z.string().nullish(),
  /** Left out when nothing was found. */
  itemSummaries: z.array(z.unknown()).nullish(),
  warnings: z.array(ebayError).nullish(),
});
const item = z.object({
  seller: z.object({
    username: z.string().nullish(),
    feedbackPercentage: z.string().nullish(),
    feedbackScore: z.number().nullish(),
  }),
  itemLocation: z.object({ country: z.string().nullish() }).nullish(),
});

interface SearchAnswer {
  sellers: FoundSeller[];
  has_more: boolean;
  warnings: string[];
}

/** Distinct sellers of a page, and what eBay says that it did not do as asked. Throws `parse_error`. */
export function readSearchAnswer(text: string): SearchAnswer {
  const { itemSummaries, next, warnings } = parseJson(text, answerShape);
  const items = itemSummaries ?? [];
  const byName = new Map<string, FoundSeller>();
  for (const each of items) {
    const seller = readSeller(each);
    if (seller && !byName.has(normalizeName(seller.name))) byName.set(normalizeName(seller.name), seller);
  }
  const said = (warnings ?? []).map(
    ({ errorId, message, longMessage }) => `eBay warns: ${longMessage ?? message ?? 'no text'} (${errorId ?? 'no id'})`,
  );
  // The sandbox does this.
  if (items.length > 0 && byName.size === 0) said.push('eBay named no seller of the items found.');
  return { sellers: [...byName.values()], has_more: items.length > 0 && next != null, warnings: said };
}

function readSeller(value: unknown): FoundSeller | null {
  const found = item.safeParse(value).data;
  const name = found?.seller.username?.trim() ?? '';
  if (!found || name === '') return null;
  const percent = Number(found.seller.feedbackPercentage?.trim() || Number.NaN);
  const score = found.seller.feedbackScore;
  const country = found.itemLocation?.country ?? '';
  return {
    name,
    // The API tells no other id of a seller.
    platform_id: null,
    feedback_percent: percent >= 0 && percent <= 100 ? percent : null,
    feedback_count: typeof score === 'number' && Number.isInteger(score) && score >= 0 ? score : null,
    country: /^[A-Z]{2}$/.test(country) ? country : null,
  };
}
