import { useMutation } from '@tanstack/react-query';
import { Repeat, RotateCcw } from 'lucide-react';
import { toast } from 'sonner';
import { syncSoon } from '#components/shell/command.ts';
import { errorWords } from '#components/shell/error-words.ts';
import { useWorkspace } from '#components/shell/session.ts';
import { useReachable } from '#components/shell/use-reachable.ts';
import { Button } from '#components/ui/button.tsx';
import { formatNumber } from '#components/ui/format.ts';
import { rerun } from '#lib/api/collection.ts';
import type { CollectionRun } from '#lib/tables/collection-runs.ts';

/** An ended run once more: all of it, or only what failed. */
export function RerunButtons({ run }: { run: CollectionRun }) {
  const { api } = useWorkspace();
  const reachable = useReachable();
  const again = useMutation({
    mutationFn: (only: 'failed' | null) => rerun(api, run.id, only === null ? {} : { only }),
    onSuccess: ({ name }) => {
      syncSoon();
      toast.success(`Started ${name}.`);
    },
    onError: (thrown) => toast.error(errorWords(thrown)),
  });
  const disabled = again.isPending || !reachable;
  const title = reachable ? undefined : 'Needs the server, which cannot be reached now';
  return (
    <div className="flex flex-wrap gap-2">
      {run.failed_items > 0 && (
        <Button
          size="sm"
          variant="primary"
          disabled={disabled}
          title={title}
          focusableWhenDisabled
          onClick={() => again.mutate('failed')}
        >
          <RotateCcw aria-hidden="true" />
          Retry {formatNumber(run.failed_items)} failed
        </Button>
      )}
      <Button size="sm" disabled={disabled} title={title} focusableWhenDisabled onClick={() => again.mutate(null)}>
        <Repeat aria-hidden="true" />
        Run again
      </Button>
    </div>
  );
}
