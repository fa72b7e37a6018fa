import type { RunStatus } from '#lib/domain/run.ts';
import { isTerminal } from '#lib/domain/run.ts';
import type { RunEntry } from './record-activity.ts';
import type { PauseReason, Run } from './run.ts';
import type { RunCounts } from './sql/count-run.ts';
import type { Transition } from './transition-run.ts';

const number = new Intl.NumberFormat('en-US');

interface PauseFacts {
  budget_cap_cents: number;
  /** When the provider's quota is renewed, for people; null when that is not known. */
  renewed: string | null;
}

/** What an ended run has to show. */
type Outcome = Pick<RunCounts, 'sellers_found' | 'sellers_new'> & { categories_failed: number };

/** Why a run pauses, and how it goes on. */
const pauses: Readonly<Record<PauseReason, (facts: PauseFacts) => string>> = {
  user: () => '',
  budget: ({ budget_cap_cents }) =>
    `: the budget cap of $${(budget_cap_cents / 100).toFixed(2)} is reached. Resume it with a higher cap; that takes the right to manage settings, which owners have`,
  provider_errors: () => ': the provider failed one search after the other. Resume it to try them again',
  auth: () => ': the provider refused the sign-in. Check the keys on the server, then resume it',
  quota: ({ renewed }) =>
    renewed === null
      ? ': the provider’s quota is used up. Resume it when there is some again'
      : `: the provider’s quota is used up and is renewed at ${renewed}. It goes on by itself then`,
};

/** The audit entry of a transition, in words. */
export function runEntryOf(
  run: Run,
  { to, actor, pauseReason, quotaResetsAt, budgetCapCents }: Transition,
  outcome: Outcome,
): RunEntry {
  const resumed = to === 'running' && run.status === 'paused';
  const byItself = resumed && actor.id === null;
  const { sellers_found, sellers_new, categories_failed } = outcome;
  const unread = categories_failed === 0 ? '' : `; ${categoriesCount(categories_failed)} could not be read`;
  const found = `${number.format(sellers_found)} sellers found, ${number.format(sellers_new)} of them new${unread}`;
  const resetsAt = quotaResetsAt == null ? null : new Date(quotaResetsAt).toISOString();
  const renewed = resetsAt === null ? null : `${resetsAt.slice(0, 16).replace('T', ' ')} UTC`;
  const summaries: Readonly<Record<RunStatus, string>> = {
    pending: `Made run “${run.name}”`,
    running: `${resumed ? 'Resumed' : 'Started'} run “${run.name}”${byItself ? ': the provider’s quota is renewed' : ''}`,
    paused: `Paused run “${run.name}”${pauses[pauseReason ?? 'user']({ budget_cap_cents: run.budget_cap_cents, renewed })}`,
    completed: `Run “${run.name}” completed: ${found}`,
    failed: `Run “${run.name}” failed: ${found}`,
    cancelled: `Cancelled run “${run.name}”: ${found}`,
  };
  const kind = resumed ? 'run.resumed' : to === 'running' ? 'run.started' : `run.${to}`;
  const details = {
    ...(to === 'paused' && { reason: pauseReason ?? 'user' }),
    ...(to === 'paused' &&
      pauseReason === 'budget' && { budget_cap_cents: run.budget_cap_cents, right: 'settings.manage' }),
    ...(isTerminal(to) && categories_failed > 0 && { categories_failed }),
    ...(resetsAt !== null && { quota_resets_at: resetsAt }),
    ...(budgetCapCents !== undefined && { budget_cap_cents: budgetCapCents }),
  };
  return { orgId: run.org_id, runId: run.id, actor, kind, summary: summaries[to], details };
}

const categoriesCount = (count: number): string => `${number.format(count)} ${count === 1 ? 'category' : 'categories'}`;
