import { useEffect, useState } from 'react';
import type { RowChoice } from './row-choice.ts';
import { createRowChoice } from './row-choice.ts';
import type { RowFinder } from './rows-between.ts';
import type { Selection } from './selection.ts';
import { useLatest } from './use-latest.ts';

interface SelectedGrid extends RowFinder {
  readonly selection: Selection;
  readonly onSelection: (selection: Selection) => void;
  /** What was asked for in one list selects nothing in another. */
  readonly listKey: string;
}

export function useRowSelection(grid: SelectedGrid): RowChoice {
  const latest = useLatest(grid);
  const [choice] = useState(() => createRowChoice(() => latest.current));
  useEffect(() => choice.forget(), [choice, grid.listKey]);
  return choice;
}
