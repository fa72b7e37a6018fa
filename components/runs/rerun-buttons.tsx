import { useState } from 'react';
import { useReachable } from '#components/shell/use-reachable.ts';
import { Button } from '#components/ui/button.tsx';
import { formatNumber } from '#components/ui/format.ts';
import { Repeat, RotateCcw } from '#components/ui/icons.ts';
import type { CollectionRun } from '#lib/tables/collection-runs.ts';
import { RerunDialog } from './rerun-dialog.tsx';
import { failedWords } from './rerun-words.ts';
import { useFailedCategories } from './use-failed-categories.ts';

/** An ended run once more: all of it, or only what failed. Both show first what it will cost. */
export function RerunButtons({ run }: { run: CollectionRun }) {
  const [review, setReview] = useState<{ open: boolean; only: 'failed' | null }>({ open: false, only: null });
  const reachable = useReachable();
  const failed = { products: run.failed_items, categories: useFailedCategories(run) };
  const title = reachable ? undefined : 'Needs the server, which cannot be reached now';
  return (
    <div className="flex flex-wrap gap-2">
      {failed.products + failed.categories > 0 && (
        <Button
          size="sm"
          variant="primary"
          disabled={!reachable}
          title={title}
          focusableWhenDisabled
          onClick={() => setReview({ open: true, only: 'failed' })}
        >
          <RotateCcw aria-hidden="true" />
          Retry {failed.products > 0 ? `${formatNumber(failed.products)} failed` : failedWords(failed)}
        </Button>
      )}
      <Button
        size="sm"
        disabled={!reachable}
        title={title}
        focusableWhenDisabled
        onClick={() => setReview({ open: true, only: null })}
      >
        <Repeat aria-hidden="true" />
        Run again
      </Button>
      <RerunDialog
        run={run}
        failed={failed}
        {...review}
        onOpenChange={(open) => setReview((before) => ({ ...before, open }))}
      />
    </div>
  );
}
