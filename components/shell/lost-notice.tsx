import { Button } from '#components/ui/button.tsx';
import { CircleAlert } from '#components/ui/icons.ts';
import { command } from './command.ts';
import { useSession } from './session.ts';

/** Says, until somebody has read it, that the browser dropped what was ours alone. */
export function LostNotice() {
  const { status, workspace } = useSession();
  if (workspace === null || status?.notice !== 'lost') return null;
  return (
    <div
      role="alert"
      className="flex shrink-0 items-center gap-3 border-t border-danger/50 bg-raised px-3 py-2 text-[13px]"
    >
      <CircleAlert aria-hidden="true" className="size-4 shrink-0 text-danger" />
      <p className="min-w-0 flex-1">
        This browser dropped the local data. Changes that had not been sent are lost.{' '}
        {workspace.connection.token === null
          ? 'Sign in again under Settings to load the list.'
          : 'The list is loaded again.'}
      </p>
      <Button size="sm" onClick={() => void command('notice.seen', {}).catch(() => undefined)}>
        Understood
      </Button>
    </div>
  );
}
