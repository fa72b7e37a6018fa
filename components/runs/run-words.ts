import type { BadgeTone } from '#components/ui/badge.tsx';
import { isTerminal, type RunStatus } from '#lib/domain/run.ts';
import type { CollectionRun } from '#lib/tables/collection-runs.ts';

export const statusWords: Record<RunStatus, { word: string; tone: BadgeTone }> = {
  pending: { word: 'Starting', tone: 'accent' },
  running: { word: 'Running', tone: 'accent' },
  paused: { word: 'Paused', tone: 'warning' },
  completed: { word: 'Completed', tone: 'success' },
  failed: { word: 'Failed', tone: 'danger' },
  cancelled: { word: 'Cancelled', tone: 'neutral' },
};

const pauseWords: Record<NonNullable<CollectionRun['pause_reason']>, string> = {
  user: 'Paused by hand.',
  budget: 'The budget cap is reached. Raise the cap to go on.',
  provider_errors: 'The provider failed several times in a row. Resume to try again.',
  auth: 'The provider refused the sign-in. Check its keys on the server, then resume.',
  quota: 'The provider’s quota is used up. Resume when it is renewed.',
};

const dayAndTime = new Intl.DateTimeFormat('en-US', {
  weekday: 'long',
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
});

type Paused = Pick<CollectionRun, 'status' | 'pause_reason' | 'checkpoint'>;

/** Why a run stands still and what helps, or null when it does not. */
export function pauseReason(run: Paused): string | null {
  if (run.status !== 'paused') return null;
  const renewedAt = run.pause_reason === 'quota' ? Date.parse(String(run.checkpoint?.['quota_resets_at'])) : Number.NaN;
  if (Number.isFinite(renewedAt))
    return `The provider’s quota is used up. It is renewed on ${dayAndTime.format(renewedAt)}; resume then.`;
  return pauseWords[run.pause_reason ?? 'user'];
}

type Timed = Pick<CollectionRun, 'started_at' | 'created_at' | 'completed_at'>;

/** How long a run took, or has taken until `now`; milliseconds. */
export function elapsedMs(run: Timed, now: number): number {
  return (run.completed_at ?? now) - (run.started_at ?? run.created_at);
}

/** The runs of this person that are not over, in the order of `runs`. */
export function activeRuns(runs: readonly CollectionRun[], userId: string): CollectionRun[] {
  return runs.filter((run) => run.created_by === userId && !isTerminal(run.status));
}
