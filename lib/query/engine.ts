import type { StoreReader } from '#lib/store/reader.ts';
import { PAGE_ROWS } from '#lib/store/types.ts';
import { createArrivals } from './arrivals.ts';
import { createBaseFollower } from './base-follower.ts';
import type { Step } from './base-follower.ts';
import { createColumnStore } from './column-store.ts';
import { readNewestRun } from './newest-run.ts';
import { createOrderCache } from './order-cache.ts';
import { createOutboxOverlay } from './outbox-overlay.ts';
import type { Query, RowTarget, SellerRow, ViewState, Window } from './query.ts';
import type { QueryView } from './query-view.ts';
import { createQueryView } from './query-view.ts';

/**
 * Answers queries over the sellers as the person sees them (base + outbox), from columns in memory,
 * and follows the store. Handles of rows are their numbers.
 */
export interface Engine {
  /** Reads the store; resolves when all of it is in memory. Rows can be asked for from the start. */
  start(): Promise<void>;
  /** Reads what was written since; resolves when it is visible. */
  refresh(): Promise<void>;
  open(view: number, query: Query): void;
  update(view: number, query: Query): void;
  close(view: number): void;
  state(view: number): ViewState;
  window(view: number, from: number, to: number): Window;
  /** Position of each handle in the view, -1 when it does not match. */
  positions(view: number, handles: readonly number[]): number[];
  /** Handles at positions `from` to `to` (exclusive). */
  handles(view: number, from: number, to: number): number[];
  /** Ids for commands; handles that are gone are left out. */
  targets(handles: readonly number[]): RowTarget[];
  stop(): void;
}

export interface EngineOptions {
  readonly reader: StoreReader;
  readonly now: () => number;
  /** Something that a window or a state shows is different. */
  readonly changed: () => void;
}

export function createEngine({ reader, now, changed }: EngineOptions): Engine {
  const follower = createBaseFollower(reader);
  const queries = new Map<number, Query>();
  let data = createData();
  let revision = 0;
  let newestRun: string | null = null;
  let refused = new Set<number>();
  let phase: ViewState['phase'] = 'loading';
  const arrivals = createArrivals(now);

  function createData() {
    const store = createColumnStore();
    return {
      store,
      orders: createOrderCache(store),
      overlay: createOutboxOverlay(store),
      views: new Map<number, QueryView>(),
    };
  }
  type Data = ReturnType<typeof createData>;

  function viewOf(view: number): QueryView {
    const query = queries.get(view);
    if (query === undefined) throw new RangeError(`view ${view} is not open`);
    const known =
      data.views.get(view) ?? createQueryView(data.store, data.orders, { newestRun: () => newestRun }, query);
    data.views.set(view, known);
    known.settle();
    return known;
  }

  function take(into: Data, step: Step): void {
    const before = into.store.slots;
    const touched = [
      into.overlay.setOutbox(step.outbox),
      ...step.pages.map(into.overlay.putPage),
      into.overlay.putBase(step.rows),
    ].flat();
    if (phase === 'ready') noteArrivals(into, before);
    touch(into, touched);
  }

  function touch(into: Data, slots: readonly number[]): void {
    if (slots.length > 0) into.orders.touch(slots);
    for (const view of into.views.values()) view.touch(slots);
    if (into !== data) return;
    revision += 1;
    changed();
  }

  function noteArrivals({ store }: Data, from: number): void {
    if (newestRun === null) return;
    for (let slot = from; slot < store.slots; slot++) {
      if (store.code('first_seen_run_id').get(slot) === newestRun) arrivals.add(store.no(slot));
    }
  }

  async function load(): Promise<void> {
    await readSmall();
    // After the first time the old rows stay on the screen until the new ones are complete.
    const next = data.store.slots === 0 ? data : createData();
    for await (const step of follower.load((pages) =>
      next.store.reserve(pages.length * PAGE_ROWS, ((pages[0] ?? 0) + 1) * PAGE_ROWS),
    )) {
      take(next, step);
    }
    data = next;
    phase = (await reader.cursor('sellers'))?.complete === true ? 'ready' : 'receiving';
    touch(data, []);
  }

  async function readSmall(): Promise<void> {
    newestRun = await readNewestRun(reader);
    const attention = await reader.attention();
    refused = new Set(
      attention.filter(({ table }) => table === 'sellers').flatMap(({ targets }) => targets.map(({ no }) => no)),
    );
  }

  async function refresh(): Promise<void> {
    await readSmall();
    const step = await follower.next();
    if (step === 'reload') return load();
    take(data, step);
    if (phase === 'receiving' && (await reader.cursor('sellers'))?.complete === true) {
      phase = 'ready';
      touch(data, []);
    }
  }

  function shown(slot: number): SellerRow {
    const row = data.store.row(slot);
    const sync = refused.has(row.no) ? 'error' : data.overlay.isWaiting(row.no) ? 'waiting' : 'synced';
    return { ...row, sync, arrived_at: arrivals.at(row.no) };
  }

  function state(view: number): ViewState {
    const { result, counts } = viewOf(view);
    return { revision, total: result.length, counts, rows: data.store.liveRows, phase };
  }

  return {
    start: load,
    refresh,
    open(view, query) {
      queries.set(view, query);
    },
    update(view, query) {
      if (!queries.has(view)) return;
      queries.set(view, query);
      data.views.get(view)?.setQuery(query);
      revision += 1;
    },
    close(view) {
      queries.delete(view);
      data.views.delete(view);
    },
    state,
    window(view, from, to) {
      const first = Math.max(0, from);
      const slots = viewOf(view).result.subarray(first, Math.max(first, to));
      return { state: state(view), from: first, rows: Array.from(slots, shown) };
    },
    positions(view, handles) {
      const places = new Map<number, number>();
      const wanted = new Set(handles.map(data.store.slotOf));
      const { result } = viewOf(view);
      for (let place = 0; place < result.length; place++) {
        const slot = result[place] ?? -1;
        if (wanted.has(slot)) places.set(slot, place);
      }
      return handles.map((no) => places.get(data.store.slotOf(no)) ?? -1);
    },
    handles(view, from, to) {
      return Array.from(viewOf(view).result.subarray(Math.max(0, from), Math.max(0, to)), data.store.no);
    },
    targets(handles) {
      const slots = handles.map(data.store.slotOf).filter((slot) => slot >= 0 && data.store.isLive(slot));
      return slots.map((slot) => ({
        id: data.store.id(slot),
        no: data.store.no(slot),
        flagged: data.store.isFlagged(slot),
      }));
    },
    stop() {
      queries.clear();
      reader.close();
    },
  };
}
