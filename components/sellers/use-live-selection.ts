import { useEffect } from 'react';
import type { Selection } from '#components/grid/selection.ts';
import type { ViewState } from '#lib/query/query.ts';
import type { SellerView } from './seller-view.ts';

/** Drops rows that are gone from the selection, as after a rebuild of the local data or a colleague's deletion. */
export function useLiveSelection(
  view: SellerView,
  state: ViewState | null,
  selection: Selection,
  onSelection: (selection: Selection) => void,
): void {
  const rows = state?.rows ?? 0;
  const isReady = state?.phase === 'ready';
  useEffect(() => {
    if (!isReady || selection.kind === 'all' || selection.handles.size === 0) return;
    let stale = false;
    const chosen = { kind: 'some', handles: Float64Array.from(selection.handles) } as const;
    // What could be deleted is there.
    view.choose(chosen, { op: 'delete' }, null).then(
      ({ nos }) => {
        if (!stale && nos.length < selection.handles.size) onSelection({ kind: 'some', handles: new Set(nos) });
      },
      // The view is closing; its failure is shown by the page.
      () => undefined,
    );
    return () => {
      stale = true;
    };
    // Only when rows have come or gone: choosing one more row changes nothing about the others.
  }, [view, rows, isReady]);
}
