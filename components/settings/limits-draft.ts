import type { CollectionSettings } from '#lib/protocol/collection.ts';

/** Budget, limits and prices as they stand in a form: money in dollars. */
export interface LimitsDraft {
  cap: string;
  warning: string;
  concurrent: string;
  /** Price of a call by source. */
  prices: Readonly<Record<string, string>>;
}

export type Limits = Omit<CollectionSettings, 'default_settings'>;
export interface LimitsProblems {
  cap?: string;
  warning?: string;
  concurrent?: string;
  prices: Readonly<Record<string, string>>;
}

const MICRO = 1_000_000;

export function limitsToDraft(limits: Limits): LimitsDraft {
  return {
    cap: dollars(limits.budget_cap_cents * 10_000),
    warning: String(limits.soft_warning_percent),
    concurrent: String(limits.max_concurrent_runs),
    prices: Object.fromEntries(Object.entries(limits.microusd_per_call).map(([id, price]) => [id, dollars(price)])),
  };
}

/** The limits that a form stands for, or what has to be mended first. */
export function draftToLimits(
  draft: LimitsDraft,
): { limits: Limits; problems: null } | { limits: null; problems: LimitsProblems } {
  const cap = readDollars(draft.cap, 2);
  const warning = readWhole(draft.warning, 1, 100);
  const concurrent = readWhole(draft.concurrent, 1, 100);
  const prices = Object.entries(draft.prices).map(([id, text]) => [id, readDollars(text, 6)] as const);
  const wrongPrices = prices.filter(([, price]) => price === null);
  const isCap = cap !== null && cap <= MICRO * MICRO;
  if (isCap && warning !== null && concurrent !== null && wrongPrices.length === 0) {
    return {
      limits: {
        budget_cap_cents: cap / 10_000,
        soft_warning_percent: warning,
        max_concurrent_runs: concurrent,
        microusd_per_call: Object.fromEntries(prices.map(([id, price]) => [id, price ?? 0])),
      },
      problems: null,
    };
  }
  return {
    limits: null,
    problems: {
      ...(!isCap && { cap: 'An amount such as 25 or 25.50, at most 1,000,000.' }),
      ...(warning === null && { warning: 'A whole number from 1 to 100.' }),
      ...(concurrent === null && { concurrent: 'A whole number from 1 to 100.' }),
      prices: Object.fromEntries(wrongPrices.map(([id]) => [id, 'An amount such as 0.003, to six decimals.'])),
    },
  };
}

/** 12.5 dollars, typed, in millionths; null for anything else. */
function readDollars(text: string, decimals: number): number | null {
  const match = /^\$?(\d{1,9})(?:\.(\d*))?$/u.exec(text.trim().replaceAll(',', ''));
  const [, whole, part = ''] = match ?? [];
  if (whole === undefined || part.length > decimals) return null;
  return Number(whole) * MICRO + Number(part.padEnd(6, '0'));
}

function readWhole(text: string, low: number, high: number): number | null {
  const value = /^\d{1,4}$/u.test(text.trim()) ? Number(text) : Number.NaN;
  return value >= low && value <= high ? value : null;
}

/** Millionths as dollars: two decimals, or as many as there are. */
function dollars(microusd: number): string {
  const [whole, part = ''] = (microusd / MICRO).toFixed(6).split('.');
  return `${whole}.${part.replace(/0{1,4}$/u, '')}`;
}
