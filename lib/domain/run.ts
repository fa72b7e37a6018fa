/**
 * States of a collection run.
 *
 *   pending ──▶ running ◀──▶ paused
 *      │         │  │  │      │  │
 *      ▼         ▼  ▼  ▼      ▼  ▼
 *   cancelled  completed failed cancelled
 */
export const runStatuses = ['pending', 'running', 'paused', 'completed', 'failed', 'cancelled'] as const;
export type RunStatus = (typeof runStatuses)[number];

const next: Record<RunStatus, readonly RunStatus[]> = {
  pending: ['running', 'cancelled', 'failed'],
  running: ['paused', 'completed', 'failed', 'cancelled'],
  paused: ['running', 'failed', 'cancelled'],
  completed: [],
  failed: [],
  cancelled: [],
};

export function canTransition(from: RunStatus, to: RunStatus): boolean {
  return next[from].includes(to);
}

/** The states from which `to` can be reached. */
export function statesBefore(to: RunStatus): RunStatus[] {
  return runStatuses.filter((from) => canTransition(from, to));
}

export function isTerminal(status: RunStatus): boolean {
  return next[status].length === 0;
}

export const runPhases = ['amazon', 'ebay'] as const;
export const pauseReasons = ['user', 'budget', 'provider_errors', 'auth', 'quota'] as const;
export const itemTypes = ['amazon_product', 'ebay_seller'] as const;
export const itemStatuses = ['pending', 'processing', 'completed', 'failed', 'skipped'] as const;
export type ItemStatus = (typeof itemStatuses)[number];
/** What of a run can be listed: its items, and the categories that its products come from. */
export const listedTypes = [...itemTypes, 'category'] as const;
