import type { RunStatus } from '#lib/domain/run.ts';
import type { RunEntry } from './record-activity.ts';
import type { Run } from './run.ts';
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

/** The audit entry of a transition, in words. */
export function runEntryOf(
  run: Run,
  { to, actor, pauseReason, budgetCapCents }: Transition,
  counts: RunCounts,
): RunEntry {
  const resumed = to === 'running' && run.status === 'paused';
  const found = `${number.format(counts.sellers_found)} sellers found, ${number.format(counts.sellers_new)} of them new`;
  const summaries: Readonly<Record<RunStatus, string>> = {
    pending: `Made run “${run.name}”`,
    running: `${resumed ? 'Resumed' : 'Started'} run “${run.name}”`,
    paused: `Paused run “${run.name}”${pauses[pauseReason ?? 'user']}`,
    completed: `Run “${run.name}” completed: ${found}`,
    failed: `Run “${run.name}” failed: ${found}`,
    cancelled: `Cancelled run “${run.name}”: ${found}`,
  };
  const kind = resumed ? 'run.resumed' : to === 'running' ? 'run.started' : `run.${to}`;
  const details = {
    ...(to === 'paused' && { reason: pauseReason ?? 'user' }),
    ...(budgetCapCents !== undefined && { budget_cap_cents: budgetCapCents }),
  };
  return { orgId: run.org_id, runId: run.id, actor, kind, summary: summaries[to], details };
}
