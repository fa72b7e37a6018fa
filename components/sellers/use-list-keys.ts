import type { RefObject } from 'react';
import { useEffect } from 'react';
import { useLatest } from '#components/grid/use-latest.ts';

interface ListKeys {
  readonly search: RefObject<HTMLInputElement | null>;
  readonly undo: (() => Promise<void>) | null;
}

/** Keys that work wherever the focus is on the page of sellers: `/` searches, Ctrl/⌘ Z takes back. */
export function useListKeys(keys: ListKeys): void {
  const latest = useLatest(keys);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      // In a text field, both keys are the field's own; in a dialog the page is not there.
      const target = event.target instanceof HTMLElement ? event.target : null;
      if (target?.closest('input:not([type=checkbox]), textarea, [role=dialog]') !== null) return;
      const { search, undo } = latest.current;
      if (event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey) search.current?.focus();
      else if (event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && !event.shiftKey && undo !== null)
        void undo();
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [latest]);
}
