import { isForeignPrice } from '#lib/domain/price-band.ts';
import { unitTitle } from './fetch-page.ts';
import type { FeedLevel } from './publish-run.ts';
import { publishFeed } from './publish-run.ts';
import type { RecordedPage } from './record-page.ts';
import type { Unit } from './unit.ts';
import type { Worker } from './worker.ts';

export function feed({ deps, run, slot }: Worker, level: FeedLevel, text: string): void {
  publishFeed(deps, run, { slot, text, level });
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

export function announcePage(worker: Worker, unit: Unit, page: number, recorded: RecordedPage): void {
  const title = unitTitle(unit);
  if (recorded.sellers === null) {
    feed(worker, 'info', `${title}: ${recorded.products} products from page ${page}`);
    return;
  }
  const { rows, added, skipped } = recorded.sellers;
  const passedOver = skipped === 0 ? '' : `, ${skipped} skipped`;
  feed(worker, 'info', `${title}: ${rows.length} sellers, ${added} new${passedOver} on page ${page}`);
}
