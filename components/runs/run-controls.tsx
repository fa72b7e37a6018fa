import { useState } from 'react';
import { toast } from 'sonner';
import { errorWords } from '#components/shell/error-words.ts';
import { Button } from '#components/ui/button.tsx';
import { Pause, Play } from '#components/ui/icons.ts';
import type { CollectionRun } from '#lib/tables/collection-runs.ts';
import { RaiseCap } from './raise-cap.tsx';
import { useRunCommand } from './use-run-command.ts';

type RunControlsProps = { run: Pick<CollectionRun, 'id' | 'status' | 'pause_reason' | 'budget_cap_cents'> };

/** Pause or resume, and cancel, which asks in place: what a run has paid for is not given back. */
export function RunControls({ run }: RunControlsProps) {
  const [asking, setAsking] = useState(false);
  /** Asked and declined: the focus goes back to the button that asked. */
  const [kept, setKept] = useState(false);
  const change = useRunCommand(run.id);
  const act = (action: 'pause' | 'resume' | 'cancel') => {
    setAsking(false);
    change.mutate({ action }, { onError: (thrown) => toast.error(errorWords(thrown)) });
  };

  const keep = () => {
    setAsking(false);
    setKept(true);
  };

  if (asking) {
    return (
      <div
        className="flex items-center gap-2"
        role="group"
        aria-label="Cancel this run"
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          // Escape answers the question; it would close the popup.
          event.preventDefault();
          keep();
        }}
      >
        <span className="min-w-0 flex-1 truncate">Found sellers stay.</span>
        <Button size="sm" variant="danger" onClick={() => act('cancel')}>
          Yes, cancel
        </Button>
        <Button size="sm" autoFocus onClick={keep}>
          Keep running
        </Button>
      </div>
    );
  }
  if (run.status === 'paused' && run.pause_reason === 'budget') {
    return (
      <div className="grid grid-cols-1 gap-2">
        <RaiseCap run={run} />
        <Button size="sm" variant="ghost" className="w-fit" onClick={() => setAsking(true)}>
          Cancel run
        </Button>
      </div>
    );
  }
  return (
    <div className="flex items-center gap-2">
      {run.status === 'running' && (
        <Button size="sm" disabled={change.isPending} onClick={() => act('pause')}>
          <Pause aria-hidden="true" />
          Pause
        </Button>
      )}
      {run.status === 'paused' && (
        <Button size="sm" variant="primary" disabled={change.isPending} onClick={() => act('resume')}>
          <Play aria-hidden="true" />
          Resume
        </Button>
      )}
      <Button size="sm" variant="ghost" autoFocus={kept} disabled={change.isPending} onClick={() => setAsking(true)}>
        Cancel run
      </Button>
    </div>
  );
}
