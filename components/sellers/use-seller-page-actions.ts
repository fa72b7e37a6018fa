import { useCallback, useMemo, useState } from 'react';
import { toast } from 'sonner';
import { command } from '#components/shell/command.ts';
import { errorWords } from '#components/shell/error-words.ts';
import { count, formatNumber } from '#components/ui/format.ts';
import type { Selection } from '#components/grid/selection.ts';
import { isSelected } from '#components/grid/selection.ts';
import type { QueryClient } from '#lib/query/query-client.ts';
import type { SellerActions } from './seller-actions.ts';
import type { SellerChange } from './seller-changes.ts';
import { createSellerChanges } from './seller-changes.ts';
import type { SellerView } from './seller-view.ts';

interface Undo {
  readonly words: string;
  readonly change: SellerChange;
}

export interface PageActions {
  readonly row: SellerActions;
  flagSelection(selection: Selection, flagged: boolean): Promise<void>;
  /** The last change, while it can be taken back. */
  readonly undo: (() => Promise<void>) | null;
}

// One toast for what was done last: the next change replaces it.
const TOAST = 'sellers-change';
const PROGRESS_AFTER_MS = 1000;
const BATCH = 10_000;

export function useSellerPageActions(client: QueryClient, view: SellerView): PageActions {
  const [editing, setEditing] = useState<number | null>(null);
  const [last, setLast] = useState<Undo | null>(null);
  const changes = useMemo(
    () =>
      createSellerChanges({
        send: (mutations) => command('mutate', { mutations }),
        targets: (handles) => client.targets(handles),
        now: Date.now,
        newId: () => crypto.randomUUID(),
      }),
    [client],
  );

  const takeBack = useCallback(async ({ words, change }: Undo) => {
    setLast(null);
    try {
      await change.undo();
      toast(`Undone: ${words}`, { id: TOAST, action: null });
    } catch (thrown) {
      setLast({ words, change });
      toast.error(errorWords(thrown), { id: TOAST, action: null });
    }
  }, []);

  const done = useCallback(
    (words: string, change: SellerChange) => {
      const undo = { words, change };
      setLast(undo);
      toast(words, { id: TOAST, action: { label: 'Undo', onClick: () => void takeBack(undo) } });
    },
    [takeBack],
  );

  const flag = useCallback(
    async (handles: readonly number[], flagged: boolean, name: string | null) => {
      const began = Date.now();
      const verb = flagged ? 'Flagged' : 'Unflagged';
      try {
        const change = await changes.flag(handles, flagged, (ready) => {
          if (Date.now() - began < PROGRESS_AFTER_MS) return;
          toast.loading(`${verb} ${formatNumber(ready)} of ${formatNumber(handles.length)}`, {
            id: TOAST,
            action: null,
          });
        });
        if (change === null) toast(flagged ? 'Flagged already' : 'Not flagged anyway', { id: TOAST, action: null });
        else done(`${verb} ${name ?? count(change.sellers, 'seller')}`, change);
      } catch (thrown) {
        toast.error(errorWords(thrown), { id: TOAST, action: null });
      }
    },
    [changes, done],
  );

  const row = useMemo<SellerActions>(
    () => ({
      editing,
      startEdit: ({ no }) => setEditing(no),
      endEdit: () => setEditing(null),
      async rename({ id, no, display_name }, name) {
        done(`Renamed ${display_name} to ${name}`, await changes.rename({ id, no }, display_name, name));
      },
      setFlag: ({ no, display_name }, flagged) => void flag([no], flagged, display_name),
    }),
    [changes, done, editing, flag],
  );

  return {
    row,
    flagSelection: async (selection, flagged) => flag(await selectedHandles(view, selection), flagged, null),
    undo: last === null ? null : () => takeBack(last),
  };
}

/** All of them before anything changes: flagging moves rows out of a filtered view. */
async function selectedHandles(view: SellerView, selection: Selection): Promise<number[]> {
  if (selection.kind === 'some') return [...selection.handles];
  const handles: number[] = [];
  for await (const batch of view.iterate(BATCH)) {
    for (const handle of batch) if (isSelected(selection, handle)) handles.push(handle);
  }
  return handles;
}
