import { isForeignPrice } from '#lib/domain/price-band.ts';
import { findMarketplace } from '#lib/domain/marketplace.ts';
import type { UnsupportedSetting } from '#server/sources/source.ts';
import type { RunPlan } from './plan-run.ts';

/** What of the run's settings its sources and its products' prices do not let it do. */
export function unsupportedSettings(plan: RunPlan): UnsupportedSetting[] {
  return [...plan.sellerSource.unsupported(plan.settings), ...withoutPriceRange(plan)];
}

function withoutPriceRange({ productSource, categories, products, settings }: RunPlan): UnsupportedSetting[] {
  const { marketplace, price_band: band } = settings;
  if (band === null) return [];
  const site = findMarketplace(marketplace);
  const messages: string[] = [];
  const { currency } = productSource;
  if (categories.length > 0 && currency !== null && site && site.currency !== currency) {
    const host = site.host.replace('www.', '');
    messages.push(
      `Best sellers are priced in ${currency} and ${host} in ${site.currency}: they are searched without a price range.`,
    );
  }
  const foreign = products.filter((product) => isForeignPrice(product, marketplace));
  if (foreign.length > 0) {
    const currencies = [...new Set(foreign.map((product) => product.currency))].join(', ');
    messages.push(
      `${foreign.length} of ${products.length} products are priced in ${currencies} and are searched without a price range.`,
    );
  }
  return messages.map((message) => ({ setting: 'price_band', message }));
}

/** The same of products that were given without a price, which their list shows: worth a word before the start alone. */
export function withoutPrice({ products, settings }: RunPlan): UnsupportedSetting[] {
  const unpriced = products.filter(({ price_cents }) => price_cents === null || price_cents === 0).length;
  if (settings.price_band === null || unpriced === 0) return [];
  const message = `${unpriced} of ${products.length} products have no price and are searched without a price range.`;
  return [{ setting: 'price_band', message }];
}
