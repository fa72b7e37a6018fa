import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { GridColumn } from './column.ts';
import type { ColumnLayout } from './column-layout.ts';
import { parseLayout } from './column-layout.ts';

const listeners = new Set<() => void>();

/** The layout that this browser keeps under `key` (localStorage: it is known before the first paint), and how to change it; null: as it was first. */
export function useColumnLayout<Row>(
  key: string,
  columns: readonly GridColumn<Row>[],
): [ColumnLayout, (layout: ColumnLayout | null) => void] {
  const text = useSyncExternalStore(follow, () => localStorage.getItem(key));
  const layout = useMemo(() => parseLayout(text, columns), [text, columns]);
  const change = useCallback(
    (next: ColumnLayout | null) => {
      if (next === null) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(next));
      for (const listener of listeners) listener();
    },
    [key],
  );
  return [layout, change];
}

function follow(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    removeEventListener('storage', listener);
  };
}
