import { useEffect } from 'react';
import type { Selection } from '#components/grid/selection.ts';
import { useLatest } from '#components/grid/use-latest.ts';
import { numbersIn, runsOf } from '#lib/shared/number-runs.ts';
import type { ViewState } from '#lib/query/query.ts';
import type { SellerView } from './seller-view.ts';

/**
 * Drops rows that are gone from the selection, as after a rebuild of the local data or a colleague's
 * deletion; where all that match are selected, exceptions that no longer match. Asked only when rows have
 * come or gone: choosing one more changes nothing about the others.
 */
export function useLiveSelection(
  view: SellerView,
  state: ViewState | null,
  selection: Selection,
  onSelection: (selection: Selection) => void,
): void {
  const rows = state?.phase === 'ready' ? state.rows : null;
  const total = state?.total ?? 0;
  const latest = useLatest({ selection, onSelection });
  useEffect(() => {
    const { selection: asked } = latest.current;
    if (rows === null) return;
    liveSelection(view, asked).then(
      (live) => {
        const now = latest.current;
        if (now.selection === asked && live !== asked) now.onSelection(live);
      },
      // The view is closing; its failure is shown by the page.
      () => undefined,
    );
  }, [view, rows, total, latest]);
}

/** The selection without what is gone; the same one when nothing is. */
export async function liveSelection(
  view: Pick<SellerView, 'choose' | 'locateAll'>,
  selection: Selection,
): Promise<Selection> {
  const handles = numbersIn(selection.kind === 'some' ? selection.runs : selection.exceptRuns);
  if (handles.length === 0) return selection;
  if (selection.kind === 'some') {
    // What could be deleted is there.
    const { nos } = await view.choose({ kind: 'some', handles }, { op: 'delete' }, null);
    return nos.length < handles.length ? { kind: 'some', runs: runsOf(nos) } : selection;
  }
  const places = await view.locateAll([...handles]);
  const matching = handles.filter((_, at) => (places[at] ?? -1) >= 0);
  return matching.length < handles.length ? { kind: 'all', exceptRuns: runsOf(matching) } : selection;
}
