import type { NumberRuns } from '#lib/shared/number-runs.ts';
import { countNumbers, hasNumber, noRuns, runsOf, united, without } from '#lib/shared/number-runs.ts';

/**
 * Which rows are selected, as runs of handles: `some` of them, or `all` that match except some. Positions
 * would be shorter still, but rows move while a run brings new ones; a handle stays with its row. `all` is
 * what matches at any moment, so rows that come in are selected too, as the count says.
 */
export type Selection =
  | { readonly kind: 'some'; readonly runs: NumberRuns }
  | { readonly kind: 'all'; readonly exceptRuns: NumberRuns };

export const nothingSelected: Selection = { kind: 'some', runs: noRuns };
export const everythingSelected: Selection = { kind: 'all', exceptRuns: noRuns };

export function isSelected(selection: Selection, handle: number): boolean {
  return selection.kind === 'some' ? hasNumber(selection.runs, handle) : !hasNumber(selection.exceptRuns, handle);
}

/** How many rows, of `total` that match. */
export function selectedCount(selection: Selection, total: number): number {
  if (selection.kind === 'some') return countNumbers(selection.runs);
  return Math.max(0, total - countNumbers(selection.exceptRuns));
}

export function withHandles(selection: Selection, handles: ArrayLike<number>, selected: boolean): Selection {
  return withRuns(selection, runsOf(handles), selected);
}

export function withRuns(selection: Selection, runs: NumberRuns, selected: boolean): Selection {
  const isSome = selection.kind === 'some';
  const change = selected === isSome ? united : without;
  if (isSome) return { kind: 'some', runs: change(selection.runs, runs) };
  return { kind: 'all', exceptRuns: change(selection.exceptRuns, runs) };
}

/** All that match but are not selected. */
export function inverted(selection: Selection): Selection {
  if (selection.kind === 'some') return { kind: 'all', exceptRuns: selection.runs };
  return { kind: 'some', runs: selection.exceptRuns };
}
