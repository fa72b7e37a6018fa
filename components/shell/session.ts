import { createContext, useContext } from 'react';
import type { Api } from '#lib/api/client.ts';
import type { SyncStatus } from '#lib/messaging/contract.ts';
import { AppError } from '#lib/shared/app-error.ts';
import type { StoreReader } from '#lib/store/reader.ts';
import type { Connection } from '#lib/store/types.ts';

/** What a page works with: the connected workspace, its local data and its server. */
export interface Workspace {
  connection: Connection;
  reader: StoreReader;
  api: Api;
}

/** `loading` lasts for one read of IndexedDB; `none`: never connected, or disconnected. */
export type Session =
  | { state: 'loading'; workspace: null; status: null }
  | { state: 'none'; workspace: null; status: SyncStatus | null }
  | { state: 'connected'; workspace: Workspace; status: SyncStatus | null };

export const SessionContext = createContext<Session>({ state: 'loading', workspace: null, status: null });

export function useSession(): Session {
  return useContext(SessionContext);
}

/** The connected workspace. For components that the shell shows only when there is one. */
export function useWorkspace(): Workspace {
  const { workspace } = useSession();
  if (workspace === null) throw new AppError('signed_out');
  return workspace;
}
