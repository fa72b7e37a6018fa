import type { RowFinder, RowPlace } from './rows-between.ts';
import { rowsBetween } from './rows-between.ts';
import type { Selection } from './selection.ts';
import { everythingSelected, inverted, isSelected, nothingSelected, withHandles, withRuns } from './selection.ts';

interface KnownRow extends RowPlace {
  readonly handle: number;
}

export interface RowChoice {
  /** Selects this row alone. */
  only(row: KnownRow): void;
  toggle(row: KnownRow): void;
  /** Selects from the last row chosen by `only` or `toggle` to this one, beside what is selected or instead of it. */
  extendTo(row: RowPlace, beside: boolean): void;
  /** Selects two rows and those between beside what `before` has. */
  span(before: Selection, from: RowPlace, to: RowPlace): void;
  all(): void;
  clear(): void;
  invert(): void;
  /** What has been asked for and not answered yet selects nothing any more. */
  forget(): void;
}

interface Choosing extends RowFinder {
  readonly selection: Selection;
  readonly onSelection: (selection: Selection) => void;
}

/** Changes a selection row by row; `now` answers what is selected, and the rows as they are, at that moment. */
export function createRowChoice(now: () => Choosing): RowChoice {
  let anchor: RowPlace = { index: 0, handle: null, revision: 0 };
  let choices = 0;

  function select(selection: Selection): void {
    choices++;
    now().onSelection(selection);
  }

  function span(before: Selection, from: RowPlace, to: RowPlace): void {
    const mine = ++choices;
    const runs = rowsBetween(now(), from, to);
    if (!(runs instanceof Promise)) return select(withRuns(before, runs, true));
    runs.then(
      (answer) => {
        // Only the last choice counts.
        if (mine === choices) select(withRuns(before, answer, true));
      },
      // The view is closing; its failure is shown by the page.
      () => undefined,
    );
  }

  return {
    only(row) {
      anchor = row;
      select(withHandles(nothingSelected, [row.handle], true));
    },
    toggle(row) {
      anchor = row;
      const { selection } = now();
      select(withHandles(selection, [row.handle], !isSelected(selection, row.handle)));
    },
    extendTo: (row, beside) => span(beside ? now().selection : nothingSelected, anchor, row),
    span,
    all: () => select(everythingSelected),
    clear: () => select(nothingSelected),
    invert: () => select(inverted(now().selection)),
    forget() {
      choices++;
    },
  };
}
