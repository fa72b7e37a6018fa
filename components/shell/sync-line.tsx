import { useEffect, useState } from 'react';
import { toast } from 'sonner';
import { Button } from '#components/ui/button.tsx';
import { cn } from '#components/ui/cn.ts';
import { formatNumber } from '#components/ui/format.ts';
import { Check, CircleAlert, CloudOff, RefreshCw } from '#components/ui/icons.ts';
import { command } from './command.ts';
import { errorWords } from './error-words.ts';
import { useSession } from './session.ts';
import { syncErrorWords, type SyncTone, syncWords } from './sync-words.ts';
import { useSteadySession } from './use-steady-session.ts';

const icons: Record<SyncTone, typeof Check> = { good: Check, busy: RefreshCw, quiet: CloudOff, bad: CircleAlert };
const colours: Record<SyncTone, string> = {
  good: 'text-success',
  busy: 'text-accent',
  quiet: 'text-muted',
  bad: 'text-danger',
};

/**
 * How the local data and the server stand to each other, and the button that brings them together.
 * `onReview` leads to the changes that the server refused, `onSignIn` to where one signs in again.
 */
export function SyncLine({ onReview, onSignIn }: { onReview: () => void; onSignIn: () => void }) {
  const session = useSteadySession();
  const now = useMinute();
  const { tone, head, rest } = syncWords(session, now);
  const Icon = icons[tone];
  const error = session.status?.error ?? null;
  const refused = session.status?.attention ?? 0;
  return (
    <div className="flex min-w-0 items-center gap-1 text-[13px]">
      <div
        role="status"
        aria-label="Sync"
        title={error === null ? rest : syncErrorWords(error)}
        className="flex min-w-0 items-center gap-1.5"
      >
        <Icon aria-hidden="true" className={cn('size-4 shrink-0', colours[tone])} />
        <span className="min-w-0 truncate">
          <span className={cn('font-medium', tone === 'bad' && 'text-danger')}>{head}</span>
          {rest !== '' && <span className={cn('text-muted', refused > 0 && 'max-sm:hidden')}> · {rest}</span>}
        </span>
      </div>
      {refused > 0 && (
        <Button size="xs" variant="warning" className="ml-1" onClick={onReview}>
          Review {formatNumber(refused)}
        </Button>
      )}
      {session.workspace?.connection.token === null && (
        <Button size="xs" className="ml-1" onClick={onSignIn}>
          Sign in
        </Button>
      )}
      <SyncNowButton />
    </div>
  );
}

function SyncNowButton() {
  const [busy, setBusy] = useState(false);
  const { workspace } = useSession();
  const sync = async () => {
    setBusy(true);
    try {
      const status = await command('sync.now', {});
      if (status.error !== null) toast.error(syncErrorWords(status.error));
    } catch (thrown) {
      toast.error(errorWords(thrown));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      variant="ghost"
      size="icon"
      aria-label="Sync now"
      title="Sync now"
      disabled={busy || workspace === null}
      onClick={() => void sync()}
    >
      <RefreshCw aria-hidden="true" className={cn('text-muted', busy && 'animate-spin')} />
    </Button>
  );
}

function useMinute(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 15_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
