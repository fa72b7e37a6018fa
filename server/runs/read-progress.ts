import { microusdToCents } from '#lib/domain/money.ts';
import type { RunProgress } from '#lib/protocol/collection.ts';
import { collectionRuns } from '#lib/tables/collection-runs.ts';
import { rowToWire } from '#lib/tables/row-conversion.ts';
import type { Tx } from '#server/db/in-org.ts';
import { findCategory } from '#server/sources/categories.ts';
import type { Run } from './run.ts';
import { rowOfRun } from './run.ts';
import { countRun } from './sql/count-run.ts';
import type { BusyUnit } from './sql/find-busy-units.ts';
import { findBusyUnits } from './sql/find-busy-units.ts';
import { unitKindOf } from './unit.ts';

/** A run with its figures of this moment; the synced row may be a second behind. */
export async function readProgress(tx: Tx, run: Run, now: number): Promise<RunProgress> {
  const ids = { orgId: run.org_id, runId: run.id };
  const { counts } = await countRun(tx, run.org_id, run.id);
  const busy = await findBusyUnits(tx, unitKindOf(run.phase), ids);
  const figures = { ...run, ...counts, actual_cost_cents: microusdToCents(run.actual_cost_microusd) };
  const waits = busy.flatMap((unit) =>
    unit.wait_reason === 'waiting' && unit.wait_seconds !== null ? [unit.wait_seconds] : [],
  );
  return {
    ...rowToWire(collectionRuns, rowOfRun(figures)),
    current_category: categoryOf(run, busy[0]),
    waiting_seconds: waits.length === 0 ? null : Math.ceil(Math.max(...waits)),
    eta_seconds: run.status === 'running' ? eta(figures, now) : null,
    searches: searchesOf(run, busy, now),
  };
}

function categoryOf(run: Run, unit: BusyUnit | undefined): string | null {
  if (!unit) return null;
  const id = run.phase === 'amazon' ? unit.key : unit.data['category_id'];
  return typeof id === 'string' ? (findCategory(id)?.category.name ?? null) : null;
}

/** As fast on as so far; null until there is something to judge by. */
function eta(run: Run, now: number): number | null {
  if (run.started_at === null || run.processed_items === 0 || run.phase === 'amazon') return null;
  const seconds = (now - run.started_at) / 1000;
  return Math.max(0, Math.round((seconds / run.processed_items) * (run.total_items - run.processed_items)));
}

function searchesOf(run: Run, busy: readonly BusyUnit[], now: number): RunProgress['searches'] {
  const idle = Array.from({ length: Math.max(0, run.settings.parallel - busy.length) });
  const working = busy.map((unit) => ({
    state: unit.wait_seconds === null ? ('searching' as const) : (unit.wait_reason ?? 'searching'),
    query: queryOf(run, unit),
    since: new Date(now - unit.busy_seconds * 1000).toISOString(),
    last_error: unit.error_message,
  }));
  const resting = idle.map(() => ({ state: 'idle' as const, query: null, since: null, last_error: null }));
  return [...working, ...resting].map((search, slot) => ({ slot, ...search }));
}

function queryOf(run: Run, unit: BusyUnit): string {
  if (run.phase === 'amazon') return findCategory(unit.key)?.category.name ?? unit.key;
  return String(unit.data['title']);
}
