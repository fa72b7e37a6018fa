import type { RunStatus } from '#lib/domain/run.ts';
import type { RunEntry } from './record-activity.ts';
import type { Run } from './run.ts';
import { linksOf } from './run.ts';
import type { RunCounts } from './sql/count-run.ts';
import type { Transition } from './transition-run.ts';

const number = new Intl.NumberFormat('en-US');

const pauses: Readonly<Record<NonNullable<Run['pause_reason']>, string>> = {
  user: '',
  budget: ': the budget cap is reached',
  provider_errors: ': the provider failed five searches in a row',
  auth: ': the provider refused the sign-in',
  quota: ': the provider’s quota is used up',
};

type Figures = Pick<RunCounts, 'sellers_found' | 'sellers_new'> & {
  seller_count_before?: number;
  seller_count_after?: number;
};

/** The audit entry of a transition, in words; of a start and an end with the size of the list. */
export function runEntryOf(
  run: Run,
  { to, actor, pauseReason, budgetCapCents }: Transition,
  figures: Figures,
): RunEntry {
  const resumed = to === 'running' && run.status === 'paused';
  const started = to === 'running' && !resumed;
  const { schedule_id, rerun_of } = linksOf(run);
  const found = foundBy(run, figures);
  const summaries: Readonly<Record<RunStatus, string>> = {
    pending: `Made run “${run.name}”`,
    running: `${resumed ? 'Resumed' : 'Started'} run “${run.name}”${started && schedule_id ? ' as scheduled' : ''}`,
    paused: `Paused run “${run.name}”${pauses[pauseReason ?? 'user']}`,
    completed: `Run “${run.name}” completed: ${found}`,
    failed: `Run “${run.name}” failed: ${found}`,
    cancelled: `Cancelled run “${run.name}”: ${found}`,
  };
  const kind = resumed ? 'run.resumed' : started ? 'run.started' : `run.${to}`;
  const before = figures.seller_count_before ?? run.seller_count_before;
  const after = figures.seller_count_after;
  const details = {
    ...(to === 'paused' && { reason: pauseReason ?? 'user' }),
    ...(budgetCapCents !== undefined && { budget_cap_cents: budgetCapCents }),
    ...(started && { seller_count_before: before, ...(schedule_id && { schedule_id }), ...(rerun_of && { rerun_of }) }),
    ...(after !== undefined && { seller_count_before: before, seller_count_after: after }),
  };
  return { orgId: run.org_id, runId: run.id, actor, kind, summary: summaries[to], details };
}

function foundBy(run: Run, { sellers_found, sellers_new, seller_count_after: after }: Figures): string {
  const found = `${number.format(sellers_found)} sellers found, ${number.format(sellers_new)} of them new`;
  // A run that ends before it began has no size of the list from its start.
  if (after === undefined || run.seller_count_before === null) return found;
  return `${found}; the list went from ${number.format(run.seller_count_before)} to ${number.format(after)}`;
}
