import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { command } from '#components/shell/command.ts';
import { errorWords } from '#components/shell/error-words.ts';
import { lookAtConnection } from '#components/shell/follow-connection.ts';
import { useSession } from '#components/shell/session.ts';
import { syncErrorWords } from '#components/shell/sync-words.ts';
import { Button } from '#components/ui/button.tsx';
import { count } from '#components/ui/format.ts';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import type { Connection } from '#lib/store/types.ts';
import { ConnectForm } from './connect-form.tsx';
import { DisconnectDialog, type UnsentChoice } from './disconnect-dialog.tsx';

/** The connected workspace, and the way out of it. */
export function ConnectedServer({ connection }: { connection: Connection }) {
  const { status } = useSession();
  const [asking, setAsking] = useState(false);
  const unsent = (status?.waiting ?? 0) + (status?.attention ?? 0);
  const disconnect = useMutation({
    mutationFn: (choice: UnsentChoice) => command('connection.disconnect', { unsent: choice }),
    onSuccess: () => {
      setAsking(false);
      lookAtConnection();
    },
  });
  return (
    <div className="grid gap-4">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1.5">
        <Fact name="Workspace" value={connection.org_name} />
        <Fact name="Account" value={connection.email} />
        <Fact name="Server" value={connection.server} />
        <dt className="text-muted">Last synced</dt>
        <dd>{status?.last_synced_at == null ? 'not yet' : <RelativeTime at={status.last_synced_at} />}</dd>
        {unsent > 0 && <Fact name="Not sent yet" value={count(unsent, 'change')} />}
      </dl>
      {/* Below, it is said with what to do about it. */}
      {status?.error != null && (status.error.code !== 'unauthorized' || connection.token !== null) && (
        <p role="alert" className="text-danger">
          {syncErrorWords(status.error)}
        </p>
      )}
      {connection.token === null && (
        <div className="grid gap-3 border-t border-line pt-4">
          <p>You were signed out. Sign in again to sync{status?.notice === 'lost' ? '.' : '; nothing here is lost.'}</p>
          <ConnectForm initial={connection} />
        </div>
      )}
      {disconnect.isError && !asking && (
        <p role="alert" className="text-danger">
          {errorWords(disconnect.error)}
        </p>
      )}
      <div>
        <Button
          disabled={disconnect.isPending}
          onClick={() => {
            disconnect.reset();
            // Changes that cannot be read cannot be counted either.
            if (unsent > 0 || status?.error?.code === 'storage_unreadable') setAsking(true);
            else disconnect.mutate('keep');
          }}
        >
          Disconnect
        </Button>
      </div>
      <DisconnectDialog
        open={asking}
        waiting={status?.waiting ?? 0}
        refused={status?.attention ?? 0}
        email={connection.email}
        signedIn={connection.token !== null}
        busy={disconnect.isPending ? disconnect.variables : null}
        problem={disconnect.isError ? errorWords(disconnect.error) : null}
        onClose={() => {
          setAsking(false);
          disconnect.reset();
        }}
        onChoose={(choice) => disconnect.mutate(choice)}
      />
    </div>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="truncate" title={value}>
        {value}
      </dd>
    </>
  );
}
