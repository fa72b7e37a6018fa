import type { BadgeTone } from '#components/ui/badge.tsx';
import { isTerminal, type RunStatus } from '#lib/domain/run.ts';
import type { CollectionRun } from '#lib/tables/collection-runs.ts';

interface StatusWord {
  word: string;
  tone: BadgeTone;
}

const words: Record<RunStatus, StatusWord> = {
  pending: { word: 'Starting', tone: 'accent' },
  running: { word: 'Running', tone: 'accent' },
  paused: { word: 'Paused', tone: 'warning' },
  completed: { word: 'Completed', tone: 'success' },
  failed: { word: 'Failed', tone: 'danger' },
  cancelled: { word: 'Cancelled', tone: 'neutral' },
};

type Waiting = Pick<CollectionRun, 'status' | 'checkpoint'>;

/** A schedule has made it, and as many others go on as may. */
const waitsForRoom = ({ status, checkpoint }: Waiting): boolean =>
  status === 'pending' && checkpoint?.['schedule_id'] !== undefined;

/** How a run stands, in a word. */
export function statusWord(run: Waiting): StatusWord {
  return waitsForRoom(run) ? { word: 'Waiting', tone: 'warning' } : words[run.status];
}

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
  if (waitsForRoom(run))
    return 'Waiting for room: as many runs go on as may at the same time, paused ones included. It starts by itself when one ends.';
  if (run.status !== 'paused') return null;
  const renewedAt = run.pause_reason === 'quota' ? Date.parse(String(run.checkpoint?.['quota_resets_at'])) : Number.NaN;
  if (Number.isFinite(renewedAt))
    return `The provider’s quota is used up. It is renewed on ${dayAndTime.format(renewedAt)}; the run goes on by itself then.`;
  return pauseWords[run.pause_reason ?? 'user'];
}

type Timed = Pick<CollectionRun, 'started_at' | 'created_at' | 'completed_at' | 'checkpoint'>;

/** How long a run took, or has taken until `now`, without the pauses before; milliseconds. */
export function elapsedMs(run: Timed, now: number): number {
  const paused = Number(run.checkpoint?.['paused_ms'] ?? 0);
  return Math.max(0, (run.completed_at ?? now) - (run.started_at ?? run.created_at) - paused);
}

/** Whether a run has cost as much of its cap as is worth a warning. */
export function isNearCap(
  run: Pick<CollectionRun, 'actual_cost_cents' | 'budget_cap_cents'>,
  percent: number,
): boolean {
  return run.actual_cost_cents * 100 >= run.budget_cap_cents * percent;
}

const order: readonly RunStatus[] = ['running', 'paused', 'pending'];

/** The runs of this person that are not over: those that run, then paused ones, then those that wait; else in the order of `runs`. */
export function activeRuns(runs: readonly CollectionRun[], userId: string): CollectionRun[] {
  return runs
    .filter((run) => run.created_by === userId && !isTerminal(run.status))
    .sort((one, other) => order.indexOf(one.status) - order.indexOf(other.status));
}
