import type { ColumnStore } from './column-store.ts';
import type { Overview } from './query.ts';

/** Bands of feedback, ends included: percentages have three decimals at most. Null: not known. */
export const feedbackBands: readonly (readonly [from: number, to: number] | null)[] = [
  [0, 89.999],
  [90, 94.999],
  [95, 97.999],
  [98, 98.999],
  [99, 99.999],
  [100, 100],
  null,
];

/** Sums up all rows; `ends`: epoch milliseconds, ascending, up to which rows are counted. */
export function sumUp(store: ColumnStore, slots: Uint32Array, ends: readonly number[]): Overview {
  const created = store.number('created_at').get;
  const percent = store.number('feedback_percent').get;
  const isFlagged = store.flagBytes();
  const { values, code } = store.code('first_seen_run_id');
  const byRun = new Uint32Array(values.length);
  const grown = new Uint32Array(ends.length + 1);
  const feedback = new Uint32Array(feedbackBands.length);
  let flagged = 0;
  for (const slot of slots) {
    flagged += isFlagged[slot] ?? 0;
    bump(byRun, code(slot));
    bump(grown, firstNotBelow(ends, created(slot) ?? 0));
    bump(feedback, bandOf(percent(slot)));
  }
  let sum = 0;
  return {
    total: slots.length,
    flagged,
    grown: ends.map((_, at) => (sum += grown[at] ?? 0)),
    feedback: [...feedback],
    byRun: values.flatMap((run, at) => (run === null ? [] : [[run, byRun[at] ?? 0] as const])),
  };
}

function bump(counts: Uint32Array, at: number): void {
  counts[at] = (counts[at] ?? 0) + 1;
}

function bandOf(percent: number | null): number {
  return feedbackBands.findIndex((band) => (band === null ? percent === null : percent !== null && percent <= band[1]));
}

/** Index of the first end that is not below the time; their number when all are. */
function firstNotBelow(ends: readonly number[], time: number): number {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
