import { useRef } from 'react';
import type { Selection } from './selection.ts';
import { everythingSelected, isSelected, nothingSelected, withHandles } from './selection.ts';

/** A row by where it is and what it is. */
export interface RowPlace {
  readonly index: number;
  readonly handle: number;
}

export interface RowSelection {
  /** Selects this row alone. */
  only(row: RowPlace): void;
  toggle(row: RowPlace): void;
  /** Selects from the last row chosen by `only` or `toggle` to `index`. */
  extendTo(index: number): Promise<void>;
  all(): void;
  clear(): void;
}

export function useRowSelection(
  selection: Selection,
  onSelection: (selection: Selection) => void,
  handlesBetween: (from: number, to: number) => Promise<readonly number[]>,
): RowSelection {
  const anchor = useRef(0);
  const asked = useRef(0);
  return {
    only(row) {
      anchor.current = row.index;
      onSelection({ kind: 'some', handles: new Set([row.handle]) });
    },
    toggle(row) {
      anchor.current = row.index;
      onSelection(withHandles(selection, [row.handle], !isSelected(selection, row.handle)));
    },
    async extendTo(index) {
      const mine = ++asked.current;
      const [from, to] = [Math.min(anchor.current, index), Math.max(anchor.current, index) + 1];
      const handles = await handlesBetween(from, to);
      // With the key held down, only the answer to the last question counts.
      if (mine === asked.current) onSelection({ kind: 'some', handles: new Set(handles) });
    },
    all: () => onSelection(everythingSelected),
    clear: () => onSelection(nothingSelected),
  };
}
