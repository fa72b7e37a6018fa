import { isForeignPrice } from '#lib/domain/price-band.ts';
import type { RecordedPage } from './desk/record-pages.ts';
import { unitTitle } from './fetch-page.ts';
import type { FeedLevel } from './publish-run.ts';
import type { Unit } from './unit.ts';
import type { Worker } from './worker.ts';

export function feed({ announcer, slot }: Worker, level: FeedLevel, text: string): void {
  announcer.feed(slot, level, text);
}

export function announceUnit(worker: Worker, unit: Unit): void {
  if (unit.kind === 'category') {
    feed(worker, 'info', `Reading best sellers of ${unitTitle(unit)}`);
    return;
  }
  const { price_cents, currency } = unit.data;
  const price = {
    price_cents: typeof price_cents === 'number' ? price_cents : null,
    currency: typeof currency === 'string' ? currency : null,
  };
  if (worker.run.settings.price_band !== null && isForeignPrice(price, worker.run.settings.marketplace)) {
    feed(worker, 'warning', `${unitTitle(unit)}: the price is in ${price.currency}, so the search has no price range`);
  }
}

/** What a page gave, in a line for people. */
export function describePage(unit: Unit, page: number, recorded: RecordedPage): string {
  const title = unitTitle(unit);
  if (recorded.kind === 'category') return `${title}: ${recorded.products} products from page ${page}`;
  const { sellers, added, skipped } = recorded;
  const passedOver = skipped === 0 ? '' : `, ${skipped} skipped`;
  return `${title}: ${sellers} sellers, ${added} new${passedOver} on page ${page}`;
}
