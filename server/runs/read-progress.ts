import { microusdToCents } from '#lib/domain/money.ts';
import type { RunProgress } from '#lib/protocol/collection.ts';
import { collectionRuns } from '#lib/tables/collection-runs.ts';
import { rowToWire } from '#lib/tables/row-conversion.ts';
import type { Tx } from '#server/db/in-org.ts';
import { findCategory } from '#server/sources/categories.ts';
import type { Run } from './run.ts';
import { rowOfRun } from './run.ts';
import { countRun } from './sql/count-run.ts';
import { averageSearchSeconds } from './sql/average-search-seconds.ts';
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
    eta_seconds:
      run.status === 'running' && run.phase === 'ebay' ? eta(figures, await averageSearchSeconds(tx, ids)) : null,
    searches: searchesOf(run, busy, now),
  };
}

function categoryOf(run: Run, unit: BusyUnit | undefined): string | null {
  if (!unit) return null;
  const id = run.phase === 'amazon' ? unit.key : unit.data['category_id'];
  return typeof id === 'string' ? (findCategory(id)?.category.name ?? null) : null;
}

/** As fast on as lately; null until there is something to judge by. */
function eta({ total_items, processed_items, settings }: Run, secondsPerSearch: number | null): number | null {
  if (secondsPerSearch === null) return null;
  const left = Math.max(0, total_items - processed_items);
  return Math.round((secondsPerSearch * left) / Math.max(1, Math.min(settings.parallel, left)));
}

function searchesOf(run: Run, busy: readonly BusyUnit[], now: number): RunProgress['searches'] {
  return placeBySlot(busy, run.settings.parallel).map((unit, slot) => {
    if (unit === null) return { slot, state: 'idle', query: null, since: null, last_error: null, wait_seconds: null };
    return {
      slot,
      state: unit.wait_seconds === null ? 'searching' : (unit.wait_reason ?? 'searching'),
      query: queryOf(run, unit),
      since: new Date(now - unit.busy_seconds * 1000).toISOString(),
      last_error: unit.error_message,
      wait_seconds: unit.wait_seconds === null ? null : Math.ceil(unit.wait_seconds),
    };
  });
}

/** Each in the slot that it has, so that one that ends moves no other; several processes share slots, and fill free ones. */
function placeBySlot(busy: readonly BusyUnit[], parallel: number): (BusyUnit | null)[] {
  const places: (BusyUnit | null)[] = Array.from({ length: Math.max(parallel, busy.length) }, () => null);
  const others = busy.filter((unit) => {
    if (unit.slot === null || places[unit.slot] !== null) return true;
    places[unit.slot] = unit;
    return false;
  });
  for (const unit of others) places[places.indexOf(null)] = unit;
  return places;
}

function queryOf(run: Run, unit: BusyUnit): string {
  if (run.phase === 'amazon') return findCategory(unit.key)?.category.name ?? unit.key;
  return String(unit.data['title']);
}
