import type { Bar } from '#components/ui/bar-table.tsx';
import { errorCodes, isErrorCode } from '#lib/shared/error-codes.ts';
import type { RunItem } from './run-items.ts';

/** Points of a line: more cannot be told apart in its width. */
const POINTS = 120;

export interface Growth {
  /** Epoch milliseconds. */
  at: number[];
  found: number[];
  fresh: number[];
}

/**
 * How many sellers a run had found, and how many of them new, from its start to its end (epoch milliseconds);
 * `items` in the order they came up.
 */
export function foundOverTime(
  items: readonly Pick<RunItem, 'created_at' | 'is_new'>[],
  startedAt: number,
  endedAt: number,
): Growth | null {
  if (items.length === 0) return null;
  const growth: Growth = { at: [startedAt], found: [0], fresh: [0] };
  const step = Math.max(1, Math.ceil(items.length / POINTS));
  let fresh = 0;
  items.forEach(({ created_at: at, is_new: isNew }, index) => {
    if (isNew === true) fresh += 1;
    if ((index + 1) % step !== 0 && index !== items.length - 1) return;
    growth.at.push(Math.max(startedAt, Date.parse(at)));
    growth.found.push(index + 1);
    growth.fresh.push(fresh);
  });
  if (endedAt > (growth.at.at(-1) ?? endedAt)) {
    growth.at.push(endedAt);
    growth.found.push(items.length);
    growth.fresh.push(fresh);
  }
  return growth;
}

const kinds: Readonly<Record<string, string>> = {
  rate_limited: 'Slowed down too often',
  http_error: 'Provider error',
  parse_error: 'Could not be read',
  blocked: 'Block page',
  timeout: 'No answer in time',
  unreachable: 'Not reachable',
};

/** Failed searches by what failed, most frequent first. */
export function failuresByKind(items: readonly Pick<RunItem, 'error_code'>[]): Bar[] {
  const counts = Map.groupBy(items, ({ error_code: code }) => code ?? 'unknown');
  return [...counts]
    .map(([code, of]) => ({ name: kindWords(code), value: of.length, fill: 'bg-danger' }))
    .sort((one, other) => other.value - one.value || one.name.localeCompare(other.name));
}

function kindWords(code: string): string {
  return kinds[code] ?? (isErrorCode(code) ? errorCodes[code].words.replace(/\..*$/u, '') : code.replaceAll('_', ' '));
}
