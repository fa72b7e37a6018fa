import { Progress } from '#components/ui/progress.tsx';
import { amazonProgress, ebayProgress, type PhaseProgress } from './run-phases.ts';

interface PhaseBarsProps {
  run: Parameters<typeof amazonProgress>[0];
}

/** The two phases of a run, in the colours that they have everywhere. */
export function PhaseBars({ run }: PhaseBarsProps) {
  return (
    <div className="grid grid-cols-[auto_1fr] items-center gap-x-3 gap-y-1.5 text-[13px]">
      <Bar label="Amazon" tone="amazon" progress={amazonProgress(run)} />
      <Bar label="eBay" tone="ebay" progress={ebayProgress(run)} />
    </div>
  );
}

function Bar({ label, tone, progress }: { label: string; tone: 'amazon' | 'ebay'; progress: PhaseProgress }) {
  return (
    <>
      <span aria-hidden="true">{label}</span>
      <div className="flex items-center gap-3">
        <Progress label={label} tone={tone} value={progress.value} max={progress.max} valueText={progress.text} />
        <span aria-hidden="true" className="w-36 shrink-0 text-right text-muted">
          {progress.text}
        </span>
      </div>
    </>
  );
}
