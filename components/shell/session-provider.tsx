import { type ReactNode, useEffect, useState } from 'react';
import type { SyncStatus } from '#lib/messaging/contract.ts';
import type { Connection } from '#lib/store/types.ts';
import { followConnection } from './follow-connection.ts';
import { openWorkspace } from './open-workspace.ts';
import { ReachableContext, useReachableNow } from './use-reachable.ts';
import { type Session, SessionContext, type Workspace } from './session.ts';

/** Gives the page its workspace and keeps both in step with what the background does. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const connection = useConnection();
  const [workspace, setWorkspace] = useState<Workspace | null>(null);
  const [status, setStatus] = useState<SyncStatus | null>(null);

  useEffect(() => {
    if (connection === 'loading' || connection === undefined) return;
    const open = openWorkspace(connection);
    setWorkspace(open.workspace);
    const unfollow = open.followStatus(setStatus);
    return () => {
      unfollow();
      open.close();
      setWorkspace(null);
      setStatus(null);
    };
  }, [connection]);

  const reachable = useReachableNow(status);
  return (
    <SessionContext value={sessionOf(connection, workspace, status)}>
      <ReachableContext value={reachable}>{children}</ReachableContext>
    </SessionContext>
  );
}

function sessionOf(
  connection: Connection | undefined | 'loading',
  workspace: Workspace | null,
  status: SyncStatus | null,
): Session {
  if (connection === undefined) return { state: 'none', workspace: null, status: null };
  if (workspace === null) return { state: 'loading', workspace: null, status: null };
  return { state: 'connected', workspace, status };
}

function useConnection(): Connection | undefined | 'loading' {
  const [connection, setConnection] = useState<Connection | undefined | 'loading'>('loading');
  useEffect(() => followConnection(setConnection), []);
  return connection;
}
