import { createContext, useContext, useEffect, useState } from 'react';
import type { SyncStatus } from '#lib/messaging/contract.ts';
import { isErrorCode, isPassing } from '#lib/shared/error-codes.ts';

/** Whether it is worth asking the server something; kept by the session. */
export const ReachableContext = createContext(false);

/** Whether it is worth asking the server something: signed in, and the last sync found it there. */
export function useReachable(): boolean {
  return useContext(ReachableContext);
}

/** The same for who gives it to a page. */
export function useReachableNow(status: SyncStatus | null): boolean {
  const [reachable, setReachable] = useState(false);
  useEffect(() => setReachable((before) => isReachable(status, before)), [status]);
  return reachable;
}

/** A sync under way does not know yet, unless something has come in; then what was known before holds. */
export function isReachable(status: SyncStatus | null, before: boolean): boolean {
  if (status === null || status.state === 'signed_out') return false;
  if (status.state === 'syncing') return before || status.progress !== null;
  const { error } = status;
  return error === null || !isErrorCode(error.code) || !isPassing(error.code);
}
