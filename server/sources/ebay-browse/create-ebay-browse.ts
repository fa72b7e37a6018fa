import { AppError } from '#lib/shared/app-error.ts';
import type { Clock } from '#server/clock.ts';
import type { ProviderAnswer } from '../call-provider.ts';
import { callProvider } from '../call-provider.ts';
import { nextDayIn } from '../provider-day.ts';
import type { SellerSource } from '../source.ts';
import type { EbayKeys } from './application-token.ts';
import { createApplicationToken } from './application-token.ts';
import { throwForEbay } from './ebay-error.ts';
import { readSearchAnswer } from './read-search-answer.ts';
import { searchRequest } from './search-request.ts';

export interface EbayBrowseOptions extends EbayKeys {
  /** Counts a call of the day before it is made; throws `quota`. */
  takeCall: () => Promise<void>;
}

/** eBay counts calls by the day of its headquarters. */
export const EBAY_TIME_ZONE = 'America/Los_Angeles';
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;

/** Searches by eBay's own Browse API. */
export function createEbayBrowse(options: EbayBrowseOptions | null, clock: Clock): SellerSource {
  const token = options && createApplicationToken(options, clock);

  async function ask(url: URL, marketplace: string, signal: AbortSignal): Promise<ProviderAnswer> {
    if (!options || !token)
      throw new AppError('auth', { details: { missing: ['EBAY_CLIENT_ID', 'EBAY_CLIENT_SECRET'] } });
    const bearer = await token.get(signal);
    await options.takeCall();
    const answer = await callProvider({
      url,
      method: 'GET',
      headers: { authorization: `Bearer ${bearer}`, 'X-EBAY-C-MARKETPLACE-ID': marketplace },
      timeoutMs: options.timeoutMs,
      maxBytes: MAX_ANSWER_BYTES,
      signal,
    });
    if (answer.status === 401) token.forget(bearer);
    return answer;
  }

  return {
    id: 'ebay-browse',
    name: 'eBay Browse API',
    configured: options !== null,
    unsupported: () => [],
    async search({ signal, ...query }) {
      const url = searchRequest(options?.url ?? 'https://api.ebay.com', query);
      if (url === null) return { sellers: [], has_more: false, warnings: ['The title has no words to search for.'] };
      const { marketplace } = query.settings;
      const first = await ask(url, marketplace, signal);
      // A token may end before its time; whether the keys are wrong a new one tells.
      const answer = first.status === 401 ? await ask(url, marketplace, signal) : first;
      throwForEbay(answer, nextDayIn(EBAY_TIME_ZONE, clock()));
      return readSearchAnswer(answer.text);
    },
  };
}
