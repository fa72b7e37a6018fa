import { isTerminal, type RunStatus } from './run.ts';

/** What a browser notifies of, each of which can be switched off. */
export const newsKinds = ['completed', 'failed', 'paused'] as const;
export type NewsKind = (typeof newsKinds)[number];

/** The columns of a run that decide whether it is news. Times in epoch milliseconds. */
export interface NewsRun {
  id: string;
  no: number;
  status: RunStatus;
  pause_reason: string | null;
  paused_at: number | null;
  created_by: string;
}

/** What has been looked at, so that no end is told twice. */
export interface RunsTold {
  /** Highest row number of any run seen. */
  highest: number;
  /** State of this person's runs that go on, by id, as of the last look. */
  open: Readonly<Record<string, string>>;
}

export interface RunNews<Run extends NewsRun> {
  kind: NewsKind;
  run: Run;
}

/**
 * What ended or paused by itself since the last look among the runs of `userId`, and what is to be remembered
 * for the next one. The first look (`told` null) tells nothing: what there is then is known, or long past.
 */
export function runNews<Run extends NewsRun>(
  told: RunsTold | null,
  runs: readonly Run[],
  userId: string,
): { news: RunNews<Run>[]; told: RunsTold } {
  const mine = runs.filter((run) => run.created_by === userId);
  const open = Object.fromEntries(
    mine.filter(({ status }) => !isTerminal(status)).map((run) => [run.id, stateOf(run)]),
  );
  const highest = runs.reduce((most, { no }) => Math.max(most, no), told?.highest ?? 0);
  const news = told === null ? [] : mine.flatMap((run) => newsOf(told, run));
  return { news, told: { highest, open } };
}

function newsOf<Run extends NewsRun>(told: RunsTold, run: Run): RunNews<Run>[] {
  const before = told.open[run.id];
  // Seen before and not open then: its end has been told, or was known at the first look.
  if (before === undefined && run.no <= told.highest) return [];
  if (before === stateOf(run)) return [];
  if (run.status === 'completed' || run.status === 'failed') return [{ kind: run.status, run }];
  return pausedByItself(run) ? [{ kind: 'paused', run }] : [];
}

/** Whether the run waits for a person who did not pause it. */
export function pausedByItself({ status, pause_reason: reason }: Pick<NewsRun, 'status' | 'pause_reason'>): boolean {
  return status === 'paused' && reason !== null && reason !== 'user';
}

function stateOf(run: NewsRun): string {
  return pausedByItself(run) ? `paused ${run.pause_reason} ${run.paused_at}` : run.status;
}
