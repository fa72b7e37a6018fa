import { type RunSettings, runSettings } from '#lib/domain/run-settings.ts';

/** The settings of a run as they stand in a form: numbers as they were typed, an empty text where nothing is asked. */
export interface SettingsDraft {
  marketplace: string;
  condition: RunSettings['condition'];
  free_shipping: boolean;
  /** ISO 3166 country, or empty: anywhere. */
  location: string;
  band: 'none' | 'share' | 'markup';
  band_low: string;
  band_high: string;
  pages_per_product: string;
  min_feedback: string;
  max_feedback: string;
  products_per_category: string;
  /** One name a line, or between commas. */
  exclude_sellers: string;
  parallel: string;
}

/** What is wrong in a form, by field. */
export type SettingsProblems = Partial<Record<keyof SettingsDraft, string>>;

export const defaultSettings: RunSettings = runSettings.parse({});

export function settingsToDraft(settings: RunSettings): SettingsDraft {
  const band = settings.price_band;
  return {
    marketplace: settings.marketplace,
    condition: settings.condition,
    free_shipping: settings.free_shipping,
    location: settings.location ?? '',
    band: band?.mode ?? 'none',
    band_low: String(band?.low ?? 80),
    band_high: String(band?.high ?? 120),
    pages_per_product: String(settings.pages_per_product),
    min_feedback: textOf(settings.min_feedback),
    max_feedback: textOf(settings.max_feedback),
    products_per_category: String(settings.products_per_category),
    exclude_sellers: settings.exclude_sellers.join('\n'),
    parallel: String(settings.parallel),
  };
}

/** The settings that a form stands for, or what has to be mended first. */
export function draftToSettings(
  draft: SettingsDraft,
): { settings: RunSettings; problems: null } | { settings: null; problems: SettingsProblems } {
  const problems: SettingsProblems = {};
  const whole = (field: keyof SettingsDraft, low: number, high: number): number => {
    const value = readNumber(String(draft[field]));
    if (value !== null && Number.isInteger(value) && value >= low && value <= high) return value;
    problems[field] = `A whole number from ${low} to ${high}.`;
    return low;
  };
  const feedback = (field: 'min_feedback' | 'max_feedback'): number | null =>
    draft[field].trim() === '' ? null : whole(field, 0, 2_147_483_647);
  const settings: RunSettings = {
    marketplace: draft.marketplace,
    condition: draft.condition,
    free_shipping: draft.free_shipping,
    location: draft.location === '' ? null : draft.location,
    price_band: readBand(draft, problems),
    pages_per_product: whole('pages_per_product', 1, 5),
    min_feedback: feedback('min_feedback'),
    max_feedback: feedback('max_feedback'),
    products_per_category: whole('products_per_category', 1, 100),
    exclude_sellers: readNames(draft.exclude_sellers),
    parallel: whole('parallel', 1, 20),
  };
  const { min_feedback: least, max_feedback: most } = settings;
  if (least !== null && most !== null && least > most)
    problems.max_feedback ??= 'The highest feedback is below the lowest.';
  if (settings.exclude_sellers.length > 1000) problems.exclude_sellers = 'At most 1,000 names.';
  if (settings.exclude_sellers.some((name) => name.length > 200))
    problems.exclude_sellers = 'A name has over 200 characters.';
  return Object.keys(problems).length === 0 ? { settings, problems: null } : { settings: null, problems };
}

function readBand(draft: SettingsDraft, problems: SettingsProblems): RunSettings['price_band'] {
  if (draft.band === 'none') return null;
  const [low, high] = [readNumber(draft.band_low), readNumber(draft.band_high)];
  const fits = (value: number | null): value is number => value !== null && value >= 0 && value <= 10_000;
  if (!fits(low)) problems.band_low = 'A percentage from 0 to 10,000.';
  if (!fits(high)) problems.band_high = 'A percentage from 0 to 10,000.';
  if (!fits(low) || !fits(high)) return null;
  if (low > high) problems.band_high = 'The upper end is below the lower one.';
  return { mode: draft.band, low, high };
}

function readNumber(text: string): number | null {
  const clean = text.trim().replaceAll(',', '');
  return /^\d+(?:\.\d+)?$/u.test(clean) ? Number(clean) : null;
}

function readNames(text: string): string[] {
  return [
    ...new Set(
      text
        .split(/[\n,;]/u)
        .map((name) => name.trim())
        .filter((name) => name !== ''),
    ),
  ];
}

function textOf(value: number | null): string {
  return value === null ? '' : String(value);
}
