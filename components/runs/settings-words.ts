import { count, formatNumber } from '#components/ui/format.ts';
import { countryOf, findMarketplace } from '#lib/domain/marketplace.ts';
import type { RunSettings } from '#lib/domain/run-settings.ts';

const countries = new Intl.DisplayNames('en', { type: 'region' });

/** `US` → “United States”. */
export function countryName(code: string): string {
  return countries.of(code) ?? code;
}

/** `EBAY_GB` → “eBay United Kingdom”. */
export function marketplaceName(id: string): string {
  return `eBay ${findMarketplace(id)?.country ?? countryName(countryOf(id))}`;
}

/** What a run looks for, in one line: “eBay United States · new · free shipping · 80–120 % of the Amazon price · …”. */
export function settingsLine(settings: RunSettings): string {
  const { marketplace, location, condition, free_shipping: free, price_band: band } = settings;
  const parts = [
    marketplaceName(marketplace),
    condition === 'new' ? 'new' : 'any condition',
    free ? 'free shipping' : null,
    location === countryOf(marketplace) ? null : location === null ? 'from anywhere' : `from ${countryName(location)}`,
    band === null ? 'any price' : bandWords(band),
    count(settings.pages_per_product, 'page'),
    feedbackWords(settings),
    `${count(settings.products_per_category, 'product')} a category`,
    settings.exclude_sellers.length === 0 ? null : `without ${count(settings.exclude_sellers.length, 'seller')}`,
    `${formatNumber(settings.parallel)} at once`,
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

function bandWords({ mode, low, high }: NonNullable<RunSettings['price_band']>): string {
  const range = `${formatNumber(low)}–${formatNumber(high)} %`;
  return mode === 'share' ? `${range} of the Amazon price` : `${range} above the Amazon price`;
}

function feedbackWords({ min_feedback: least, max_feedback: most }: RunSettings): string | null {
  if (least === null && most === null) return null;
  if (most === null) return `feedback from ${formatNumber(least ?? 0)}`;
  if (least === null) return `feedback up to ${formatNumber(most)}`;
  return `feedback ${formatNumber(least)}–${formatNumber(most)}`;
}
