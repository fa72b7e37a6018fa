import { useRef } from 'react';
import type { NumberRuns } from '#lib/shared/number-runs.ts';
import { runsOf } from '#lib/shared/number-runs.ts';
import type { Selection } from './selection.ts';
import { everythingSelected, inverted, isSelected, nothingSelected, withHandles, withRuns } from './selection.ts';

/** A row by where it is and what it is. */
export interface RowPlace {
  readonly index: number;
  readonly handle: number;
}

export interface RowSelection {
  /** Selects this row alone. */
  only(row: RowPlace): void;
  toggle(row: RowPlace): void;
  /** Selects from the last row chosen by `only` or `toggle` to `index`, beside what is selected or instead of it. */
  extendTo(index: number, beside: boolean): Promise<void>;
  /** Selects these beside what `before` has. */
  these(before: Selection, handles: readonly number[]): void;
  all(): void;
  clear(): void;
  invert(): void;
}

export interface RowFinder {
  /** Grows when rows change or move. */
  readonly revision: number;
  /** Handles of the rows at positions `from` to `to` (exclusive). */
  readonly runsBetween: (from: number, to: number) => Promise<NumberRuns>;
  /** Position of a handle, -1 when it does not match. */
  readonly locate: (handle: number) => Promise<number>;
}

export function useRowSelection(
  selection: Selection,
  onSelection: (selection: Selection) => void,
  { revision, runsBetween, locate }: RowFinder,
): RowSelection {
  const anchor = useRef<{ index: number; handle: number | null; revision: number }>({
    index: 0,
    handle: null,
    revision,
  });
  const asked = useRef(0);
  return {
    only(row) {
      anchor.current = { ...row, revision };
      onSelection({ kind: 'some', runs: runsOf([row.handle]) });
    },
    toggle(row) {
      anchor.current = { ...row, revision };
      onSelection(withHandles(selection, [row.handle], !isSelected(selection, row.handle)));
    },
    async extendTo(index, beside) {
      const mine = ++asked.current;
      const { handle, revision: known } = anchor.current;
      // Rows may have come in above it since. Where none have, keys do not wait for who asks where it is.
      const place = handle === null || known === revision ? -1 : await locate(handle);
      const start = place < 0 ? anchor.current.index : place;
      const runs = await runsBetween(Math.min(start, index), Math.max(start, index) + 1);
      // With the key held down, only the answer to the last question counts.
      if (mine === asked.current) onSelection(beside ? withRuns(selection, runs, true) : { kind: 'some', runs });
    },
    these: (before, handles) => onSelection(withHandles(before, handles, true)),
    all: () => onSelection(everythingSelected),
    clear: () => onSelection(nothingSelected),
    invert: () => onSelection(inverted(selection)),
  };
}
