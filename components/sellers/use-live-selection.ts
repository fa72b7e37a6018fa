import { useEffect } from 'react';
import type { Selection } from '#components/grid/selection.ts';
import { useLatest } from '#components/grid/use-latest.ts';
import { numbersIn, runsOf } from '#lib/shared/number-runs.ts';
import type { ViewState } from '#lib/query/query.ts';
import type { SellerView } from './seller-view.ts';

/**
 * Drops rows that are gone from the selection, as after a rebuild of the local data or a colleague's
 * deletion. Asked only when rows have come or gone: choosing one more changes nothing about the others.
 */
export function useLiveSelection(
  view: SellerView,
  state: ViewState | null,
  selection: Selection,
  onSelection: (selection: Selection) => void,
): void {
  const rows = state?.phase === 'ready' ? state.rows : null;
  const latest = useLatest({ selection, onSelection });
  useEffect(() => {
    const { selection: asked } = latest.current;
    if (rows === null || asked.kind === 'all' || asked.runs.length === 0) return;
    const handles = numbersIn(asked.runs);
    const chosen = { kind: 'some', handles } as const;
    // What could be deleted is there.
    view.choose(chosen, { op: 'delete' }, null).then(
      ({ nos }) => {
        const now = latest.current;
        if (now.selection === asked && nos.length < handles.length)
          now.onSelection({ kind: 'some', runs: runsOf(nos) });
      },
      // The view is closing; its failure is shown by the page.
      () => undefined,
    );
  }, [view, rows, latest]);
}
