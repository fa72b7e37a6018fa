import { useMutation } from '@tanstack/react-query';
import { useId, useMemo } from 'react';
import { toast } from 'sonner';
import { syncSoon } from '#components/shell/command.ts';
import { errorWords } from '#components/shell/error-words.ts';
import { navigate } from '#components/shell/route.ts';
import { useWorkspace } from '#components/shell/session.ts';
import { usePermission } from '#components/shell/use-permission.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogFooter } from '#components/ui/dialog.tsx';
import { rerun } from '#lib/api/collection.ts';
import type { CollectionRun } from '#lib/tables/collection-runs.ts';
import { EstimatePanel } from './estimate-panel.tsx';
import { type Failed, failedWords, rerunWords } from './rerun-words.ts';
import { settingsLine } from './settings-words.ts';
import { useEstimate } from './use-estimate.ts';
import { useRequestId } from './use-request-id.ts';

interface RerunDialogProps {
  run: CollectionRun;
  failed: Failed;
  only: 'failed' | null;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** What a run costs once more, before it is started. */
export function RerunDialog({ run, failed, only, open, onOpenChange }: RerunDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={only === null ? 'Run again' : `Retry ${failedWords(failed)}`}
      description={run.name}
    >
      <Review run={run} failed={failed} only={only} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function Review({
  run,
  failed,
  only,
  onDone,
}: Pick<RerunDialogProps, 'run' | 'failed' | 'only'> & { onDone: () => void }) {
  const { api } = useWorkspace();
  const idOf = useRequestId();
  const what = useMemo(() => ({ rerun_of: run.id, ...(only === null ? {} : { only }) }), [run.id, only]);
  const estimate = useEstimate(what);
  const start = useMutation({
    mutationFn: () => rerun(api, run.id, { id: idOf(what), ...(only === null ? {} : { only }) }),
    onSuccess: ({ id, name }) => {
      syncSoon();
      toast.success(`Started ${name}.`, { action: { label: 'Show', onClick: () => navigate('runs', { run: id }) } });
      onDone();
    },
  });
  const mayStart = usePermission('runs.start');
  const reason = mayStart === false ? 'Your role cannot start runs.' : estimate.reason;
  const reasonId = useId();
  return (
    <div className="grid gap-3">
      <p>{rerunWords(run, only === null ? null : failed)}</p>
      <p className="text-[13px] text-muted">{settingsLine(run.settings)}</p>
      <EstimatePanel
        idle={false}
        estimate={estimate}
        onRetry={() => void estimate.refetch()}
        advice="An owner can raise it in the settings."
      />
      {start.isError && (
        <p role="alert" className="text-danger">
          {errorWords(start.error)}
        </p>
      )}
      <DialogFooter>
        <span id={reasonId} className="min-w-0 flex-1 text-[13px] text-muted empty:hidden">
          {reason}
        </span>
        <Button onClick={onDone}>Cancel</Button>
        <Button
          variant="primary"
          focusableWhenDisabled
          disabled={mayStart !== true || reason !== null || start.isPending}
          aria-describedby={reasonId}
          onClick={() => start.mutate()}
        >
          {start.isPending ? 'Starting…' : 'Start'}
        </Button>
      </DialogFooter>
    </div>
  );
}
