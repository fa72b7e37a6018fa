import type { RunSettings } from '#lib/domain/run-settings.ts';
import { runSettings } from '#lib/domain/run-settings.ts';
import type { UnsupportedSetting } from '../source.ts';

const { marketplace, location, price_band: band } = runSettings.parse({});

/** Its offers are what a search by the program's defaults finds, whatever is asked for: new, sent for free, in the US, near the price. */
export function unsupportedByCatalogue(settings: RunSettings): UnsupportedSetting[] {
  const said: UnsupportedSetting[] = [];
  if (settings.marketplace !== marketplace)
    said.push({ setting: 'marketplace', message: 'The built-in catalogue has one made-up marketplace, the US one.' });
  if (settings.location !== null && settings.location !== location)
    said.push({ setting: 'location', message: 'All items of the built-in catalogue are in the US.' });
  if (settings.price_band !== null && !covers(settings.price_band))
    said.push({ setting: 'price_band', message: 'The offers of the built-in catalogue have no prices to choose by.' });
  return said;
}

/** True for a range that lets in what the default one does. */
function covers({ mode, low, high }: NonNullable<RunSettings['price_band']>): boolean {
  const base = mode === 'markup' ? 100 : 0;
  return band !== null && low + base <= band.low && high + base >= band.high;
}
