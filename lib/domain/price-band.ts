import { findMarketplace } from './marketplace.ts';
import type { RunSettings } from './run-settings.ts';

export interface PriceBand {
  low_cents: number;
  high_cents: number;
}

interface Price {
  price_cents: number | null;
  currency: string | null;
}

/**
 * Between which prices to search, in the marketplace's currency; null: any price. A price without
 * a currency is in the marketplace's; one in another currency gives no band, as nothing here
 * knows exchange rates.
 */
export function priceBand(price: Price, settings: Pick<RunSettings, 'marketplace' | 'price_band'>): PriceBand | null {
  const band = settings.price_band;
  if (band === null || price.price_cents === null || price.price_cents === 0) return null;
  if (isForeignPrice(price, settings.marketplace)) return null;
  const base = band.mode === 'markup' ? 100 : 0;
  return {
    low_cents: Math.floor((price.price_cents * (base + band.low)) / 100),
    high_cents: Math.ceil((price.price_cents * (base + band.high)) / 100),
  };
}

/** True when the price is in another currency than the marketplace's. */
export function isForeignPrice(price: Price, marketplace: string): boolean {
  if (price.price_cents === null || price.currency === null) return false;
  return price.currency !== findMarketplace(marketplace)?.currency;
}
