import { useCallback, useSyncExternalStore } from 'react';
import type { SellerChange } from './seller-changes.ts';

/** What was done last, and how it is called. */
export interface LastChange {
  readonly words: string;
  readonly change: SellerChange;
}

let last: { readonly storeKey: string; readonly made: LastChange } | null = null;
const listeners = new Set<() => void>();

/** Of this workspace; another one's is not taken back here. */
export function lastChangeOf(storeKey: string): LastChange | null {
  return last?.storeKey === storeKey ? last.made : null;
}

export function setLastChange(storeKey: string, made: LastChange | null): void {
  last = made === null ? null : { storeKey, made };
  for (const listener of listeners) listener();
}

/** The last change to sellers. It outlives the page of sellers, so that it can be taken back on coming back. */
export function useLastChange(storeKey: string): [LastChange | null, (made: LastChange | null) => void] {
  const set = useCallback((made: LastChange | null) => setLastChange(storeKey, made), [storeKey]);
  return [useSyncExternalStore(subscribe, () => lastChangeOf(storeKey)), set];
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
