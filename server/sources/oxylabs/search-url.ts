import { countryOf, findMarketplace } from '#lib/domain/marketplace.ts';
import { priceBand } from '#lib/domain/price-band.ts';
import type { RunSettings } from '#lib/domain/run-settings.ts';
import { AppError } from '#lib/shared/app-error.ts';
import type { SellerQuery, UnsupportedSetting } from '../source.ts';

// eBay shows 60, 120 or 240 results. A page of 120 is about 3 MB, which takes well under a second to read.
const RESULTS_PER_PAGE = 120;

/** Address of a search-result page with the run's filters. Throws `invalid_request` for an unknown marketplace. */
export function searchUrl({
  title,
  price_cents,
  currency,
  settings,
  page,
}: Omit<SellerQuery, 'attempt' | 'signal'>): URL {
  const marketplace = findMarketplace(settings.marketplace);
  if (!marketplace) throw new AppError('invalid_request', { details: { marketplace: settings.marketplace } });
  const url = new URL(`https://${marketplace.host}/sch/i.html`);
  url.searchParams.set('_nkw', title);
  if (settings.condition === 'new') url.searchParams.set('LH_ItemCondition', '1000');
  if (settings.free_shipping) url.searchParams.set('LH_Free', '1');
  if (isHome(settings)) url.searchParams.set('LH_PrefLoc', '1');
  const band = priceBand({ price_cents, currency }, settings);
  if (band) {
    url.searchParams.set('_udlo', (band.low_cents / 100).toFixed(2));
    url.searchParams.set('_udhi', (band.high_cents / 100).toFixed(2));
  }
  url.searchParams.set('_ipg', String(RESULTS_PER_PAGE));
  url.searchParams.set('_pgn', String(page));
  return url;
}

/** The address knows "in this site's country" and no other by its code. */
function isHome({ location, marketplace }: RunSettings): boolean {
  return location !== null && countryOf(marketplace) === location;
}

/** What of the settings the address has no parameter for. */
export function unsupportedByPages(settings: RunSettings): UnsupportedSetting[] {
  const { location, marketplace } = settings;
  if (location === null || isHome(settings)) return [];
  const host = findMarketplace(marketplace)?.host.replace('www.', '') ?? marketplace;
  const message = `Search pages of ${host} can be narrowed to items in ${countryOf(marketplace)} only, not in ${location}: they are searched wherever the items are.`;
  return [{ setting: 'location', message }];
}
