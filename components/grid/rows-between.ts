import type { NumberRuns } from '#lib/shared/number-runs.ts';
import { runsOf } from '#lib/shared/number-runs.ts';

/** A row by where it is and what it is; the handle is null while it is being read. */
export interface RowPlace {
  readonly index: number;
  readonly handle: number | null;
  /** Of the list, when the row was there. */
  readonly revision: number;
}

export interface RowFinder {
  /** Grows when rows change or move. */
  readonly revision: number;
  /** The handle at a position, null where the row is not at hand. */
  readonly handleAt: (index: number) => number | null;
  /** Position of a handle among the rows at hand, -1 when it is not of them. */
  readonly indexOf: (handle: number) => number;
  /** Handles of the rows at positions `from` to `to` (exclusive). */
  readonly runsBetween: (from: number, to: number) => Promise<NumberRuns>;
  /** Position of a handle, -1 when it does not match. */
  readonly locate: (handle: number) => Promise<number>;
}

/** Handles of two rows, wherever they are by now, and of those between; without waiting where all are at hand. */
export function rowsBetween(finder: RowFinder, one: RowPlace, other: RowPlace): NumberRuns | Promise<NumberRuns> {
  return atHand(finder, indexAtHand(finder, one), indexAtHand(finder, other)) ?? asked(finder, one, other);
}

function indexAtHand({ indexOf, handleAt }: RowFinder, { index, handle }: RowPlace): number {
  if (handle !== null) return indexOf(handle);
  return handleAt(index) === null ? -1 : index;
}

function atHand({ handleAt }: RowFinder, one: number, other: number): NumberRuns | null {
  if (one < 0 || other < 0) return null;
  const handles: number[] = [];
  for (let at = Math.min(one, other); at <= Math.max(one, other); at++) {
    const handle = handleAt(at);
    if (handle === null) return null;
    handles.push(handle);
  }
  return runsOf(handles);
}

async function asked({ revision, runsBetween, locate }: RowFinder, ...rows: RowPlace[]): Promise<NumberRuns> {
  const places = await Promise.all(
    rows.map(async ({ index, handle, revision: known }) => {
      // Where none have moved since, keys do not wait for who asks where it is.
      const place = handle === null || known === revision ? -1 : await locate(handle);
      return place < 0 ? index : place;
    }),
  );
  return runsBetween(Math.min(...places), Math.max(...places) + 1);
}
