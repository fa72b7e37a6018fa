import { useScan } from '#components/history/use-scan.ts';
import { errorWords } from '#components/shell/error-words.ts';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import type { Activity } from '#lib/tables/activity.ts';

const MOST = 100;

/** Start, pauses and end of a run with who did it, from the local audit trail. */
export function RunSteps({ runId }: { runId: string }) {
  const { data, error } = useScan({ table: 'activity', column: 'run_id', wanted: [runId], most: MOST });
  if (error !== null) return <p className="text-[13px] text-danger">{errorWords(error)}</p>;
  if (data === undefined) return null;
  // The store holds rows of the table's own columns: the codec and the pull have checked them.
  const steps = data as unknown as Activity[];
  if (steps.length === 0) return <p className="text-[13px] text-muted">Nothing is noted yet.</p>;
  return (
    <ol className="grid gap-2 text-[13px] leading-[18px]">
      {steps.map((step) => (
        <li key={step.id}>
          <p className="wrap-anywhere">{step.summary}</p>
          <p className="text-[12px] text-muted">
            {step.actor_name} · <RelativeTime at={step.created_at} />
          </p>
        </li>
      ))}
    </ol>
  );
}
