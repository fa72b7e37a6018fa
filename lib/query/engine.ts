import type { NumberRuns } from '#lib/shared/number-runs.ts';
import type { StoreReader } from '#lib/store/reader.ts';
import { createArrivals } from './arrivals.ts';
import { slotsToChange, showAssumed, type AssumedChange } from './assumed-changes.ts';
import { createBaseFollower, type Step } from './base-follower.ts';
import { createBeginning } from './beginning.ts';
import { createColumnStore } from './column-store.ts';
import { countFacets } from './facets.ts';
import { finishInSlices } from './finish-in-slices.ts';
import { iterateRows, type Iteration } from './iterate-rows.ts';
import { inOrder, knownSlots, movedBy, placesOf, runsBetween } from './row-places.ts';
import type { ConditionContext } from './keep-condition.ts';
import { readNewestRun } from './newest-run.ts';
import { createOrderCache } from './order-cache.ts';
import { asksForPlatformId, createPlatformIds } from './platform-ids.ts';
import { refusalsIn, type Refusals } from './refusals.ts';
import { createSortPreparation } from './sort-preparation.ts';
import { sumUp } from './overview.ts';
import type { Touched } from './outbox-overlay.ts';
import { createOutboxOverlay, joinTouched } from './outbox-overlay.ts';
import { releasePage } from './page-columns.ts';
import type {
  Alternatives,
  Anchor,
  ChosenRows,
  Facets,
  MarkChange,
  Overview,
  PackedTargets,
  Query,
  SellerRow,
  ViewState,
  Window,
} from './query.ts';
import { COUNT_SLICE_MS, createQueryView, type QueryView } from './query-view.ts';

/**
 * Answers queries over the sellers as the person sees them (base + outbox), from columns in memory,
 * and follows the store. Handles of rows are their numbers.
 */
export interface Engine {
  /** Reads the store; resolves when all of it is in memory. Rows can be asked for from the start. */
  start(): Promise<void>;
  /** Reads what was written since; resolves when it is visible. */
  refresh(): Promise<void>;
  /** `alternatives`: conditions to count rows for beside the query's own (`ViewState.counts`). */
  open(view: number, query: Query, alternatives?: Alternatives): void;
  update(view: number, query: Query, alternatives?: Alternatives): void;
  close(view: number): void;
  /** Waits for the first rows, and makes the order that the view needs, piece by piece; gives up when another is wanted. Without it the next question does, at once. */
  prepare(view: number): Promise<void>;
  /** Makes the order by name, which most others begin with, unless other orders are asked for all the time. */
  prepareNames(): Promise<void>;
  /** Its `counts` are those of the last `count`. */
  state(view: number): ViewState;
  /** Counts what the alternatives match, with pauses; null when there is nothing new to tell. As much work as the rest, so rows come first. */
  count(view: number): Promise<ViewState | null>;
  /** With an anchor, `from` and `to` move on by as much as its rows have. */
  window(view: number, from: number, to: number, anchor?: Anchor | null): Window;
  /** Position of each handle in the view, -1 when it does not match. */
  positions(view: number, handles: readonly number[]): number[];
  /** Handles of the rows at positions `from` to `to` (exclusive). */
  handleRuns(view: number, from: number, to: number): NumberRuns;
  /** The matching rows, or the chosen ones (some: whether they match or not), as they are when they are in order, whatever is written while they are taken. */
  iterate(query: Query, chosen?: ChosenRows | null): Promise<Iteration>;
  /** The store that it reads, for what is not in memory. */
  readonly reader: StoreReader;
  facets(query: Query): Facets;
  /** All rows in figures; `ends`: moments, ascending, up to which they are counted. */
  overview(ends: readonly number[]): Overview;
  /** Those of the chosen rows that the change would change; with an id, they are shown changed from now on. */
  choose(view: number, chosen: ChosenRows, change: MarkChange, id: string | null): PackedTargets;
  /** Shows rows changed that the store does not have so yet. */
  assume(id: string, change: MarkChange, nos: Float64Array): void;
  /** The store has an assumed change; it stays shown until the next refresh has read it. */
  landed(id: string): void;
  /** The store does not take an assumed change. */
  takeBack(id: string): void;
  stop(): void;
}

export interface EngineOptions {
  readonly reader: StoreReader;
  readonly now: () => number;
  /** Something that a window or a state shows is different. */
  readonly changed: () => void;
  /** Reading goes on after the first rows once this is fulfilled: whoever draws them needs the processor. */
  readonly goOn?: Promise<void>;
}

/** Columns by which a row can be sorted and that flagging changes. */
const markColumns = ['flagged', 'updated_at'];
const nothingTouched: Touched = { rows: [], marks: [] };

export function createEngine({ reader, now, changed, goOn }: EngineOptions): Engine {
  const follower = createBaseFollower(reader);
  const queries = new Map<number, { query: Query; alternatives: Alternatives }>();
  const realNo = new Map<number, number>();
  let data = createData();
  let revision = 0;
  let newestRun: string | null = null;
  let refusals: Refusals = new Map();
  const platformIds = createPlatformIds(reader);
  let assumed: readonly AssumedChange[] = [];
  let phase: ViewState['phase'] = 'loading';
  const arrivals = createArrivals(now);
  const beginning = createBeginning(load);

  function createData() {
    const store = createColumnStore();
    return {
      store,
      orders: createOrderCache(store),
      overlay: createOutboxOverlay(store, realNo),
      views: new Map<number, QueryView>(),
    };
  }
  type Data = ReturnType<typeof createData>;

  const contextOf = (of: Data): ConditionContext => ({
    newestRun: () => newestRun,
    refused: () => Array.from(refusals.keys(), slotOfHandle(of)),
    platformId: platformIds.get,
  });

  function viewOf(view: number): QueryView {
    const open = queries.get(view);
    if (open === undefined) throw new RangeError(`view ${view} is not open`);
    const known =
      data.views.get(view) ?? createQueryView(data.store, data.orders, contextOf(data), open.query, open.alternatives);
    data.views.set(view, known);
    known.settle();
    return known;
  }

  const viewFor = (query: Query): QueryView => createQueryView(data.store, data.orders, contextOf(data), query, []);

  function take(into: Data, step: Step): Touched {
    const before = into.store.slots;
    const { overlay } = into;
    const touched = [overlay.setOutbox(step.outbox), ...step.pages.map(overlay.putPage)];
    touched.push(overlay.dropMissing(step.rewritten, step.pages), overlay.putBase(step.rows));
    // In a base that takes the place of another one, every row would count as new.
    if (phase === 'ready' && into === data) noteArrivals(into, before);
    if (assumed.length > 0) showAssumed(into.store, assumed, slotOfHandle(into));
    for (const packed of step.pages) releasePage(packed);
    return joinTouched(touched);
  }

  const slotOfHandle = (of: Data) => (no: number) => of.store.slotOf(of.overlay.shownNo(no));

  function setAssumed(next: readonly AssumedChange[]): void {
    const slotOf = slotOfHandle(data);
    const changed = [...assumed, ...next].filter((one) => !(assumed.includes(one) && next.includes(one)));
    assumed = next;
    showAssumed(data.store, assumed, slotOf);
    if (data.orders.anyBy(markColumns))
      for (const { nos } of changed) data.orders.touch(knownSlots(nos, slotOf), markColumns);
    touch(nothingTouched);
  }

  /** To be called before the store is read: takes note of what is known to be in it. */
  function noteLanded(): () => void {
    const landed = new Set(assumed.filter((one) => one.landed));
    return () => {
      if (landed.size > 0) setAssumed(assumed.filter((one) => !landed.has(one)));
    };
  }

  function touch({ rows, marks }: Touched): void {
    data.orders.touch(rows, null);
    data.orders.touch(marks, markColumns);
    for (const view of data.views.values()) view.touch(rows);
    revision += 1;
    changed();
  }

  /** The same when there is no telling what is different. */
  function touchAll(): void {
    data.orders.clear();
    for (const view of data.views.values()) view.touch(null);
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
    const dropLanded = noteLanded();
    // Rows are shown meanwhile; what they are marked with follows.
    const small = readSmall().then(() => touch(nothingTouched));
    small.catch(() => undefined);
    // After the first time the old rows stay on the screen until the new ones are complete, and nobody prepares an order.
    const next = data.store.slots === 0 ? data : createData();
    if (next !== data) next.store.takeNameKeys();
    let shownSlots = 0;
    for await (const step of follower.load(next.store.reserve)) {
      take(next, step);
      // Sorting what is there after each of a hundred steps would take longer than reading all of it. The rows beside the
      // pages alone are a list that nobody knows.
      if (next !== data || step.pages.length === 0 || next.store.slots < shownSlots * 4) continue;
      shownSlots = next.store.slots;
      touchAll();
      beginning.succeed();
      await goOn;
    }
    await small;
    data = next;
    dropLanded();
    phase = (await reader.cursor('sellers'))?.complete === true ? 'ready' : 'receiving';
    touchAll();
  }

  async function readSmall(): Promise<void> {
    const [run, attention] = await Promise.all([readNewestRun(reader), reader.attention()]);
    newestRun = run;
    refusals = refusalsIn(attention);
  }

  async function refresh(): Promise<void> {
    const dropLanded = noteLanded();
    await readSmall();
    await platformIds.refresh([...queries.values()].some(({ query }) => asksForPlatformId(query)));
    const step = await follower.next();
    if (step === 'reload') return load();
    touch(take(data, step));
    dropLanded();
    if (phase === 'receiving' && (await reader.cursor('sellers'))?.complete === true) {
      phase = 'ready';
      touch(nothingTouched);
    }
  }

  function shown({ store, overlay }: Data, slot: number, flagged = store.isFlagged(slot)): SellerRow {
    const no = store.no(slot);
    const sync: SellerRow['sync'] = refusals.get(no) ?? (overlay.isWaiting(no) ? 'waiting' : 'synced');
    // A million times in an export: a copy by `...` takes as long as the row itself.
    return Object.assign(store.row(slot), { flagged, sync, arrived_at: arrivals.at(no) });
  }

  function slotsOf(result: Uint32Array, chosen: ChosenRows): Int32Array {
    const slotOf = slotOfHandle(data);
    if (chosen.kind === 'some') return knownSlots(chosen.handles, slotOf);
    const except = new Set(Array.from(chosen.except, slotOf));
    return Int32Array.from(result).filter((slot) => !except.has(slot));
  }

  function positions(view: number, handles: readonly number[]): number[] {
    const { result, query } = viewOf(view);
    return placesOf(data.store, query.sort, result, handles);
  }

  function stateOf({ result, counts }: QueryView): ViewState {
    return { revision, total: result.length, counts, rows: data.store.liveRows, phase };
  }

  async function iterate(query: Query, chosen: ChosenRows | null = null): Promise<Iteration> {
    await sorts.prepare(() => query.sort);
    await preparePlatformIds(query);
    const of = data;
    const view = viewFor(chosen?.kind === 'some' ? { search: '', where: [], sort: query.sort } : query);
    view.settle();
    const { result } = view;
    const slots = chosen === null ? result : inOrder(result, slotsOf(result, chosen), of.store.slots);
    return iterateRows(of.store, slots, (slot, flagged) => shown(of, slot, flagged));
  }

  async function preparePlatformIds(query: Query | undefined): Promise<void> {
    if (query === undefined || !asksForPlatformId(query) || !(await platformIds.load())) return;
    for (const view of data.views.values()) view.touch([]);
  }

  const sorts = createSortPreparation(() => data);

  return {
    start: beginning.start,
    refresh,
    async prepare(view) {
      await beginning.done();
      await preparePlatformIds(queries.get(view)?.query);
      await sorts.prepare(() => queries.get(view)?.query.sort);
    },
    prepareNames: () => sorts.prepareNamesInIdle(),
    iterate,
    reader,
    overview: (ends) => sumUp(data.store, viewFor({ search: '', where: [], sort: [] }).matches(), ends),
    facets: (query) => countFacets(data.store, viewFor(query).matches()),
    open(view, query, alternatives = []) {
      queries.set(view, { query, alternatives });
    },
    update(view, query, alternatives) {
      const open = queries.get(view);
      if (open === undefined) return;
      open.query = query;
      open.alternatives = alternatives ?? open.alternatives;
      data.views.get(view)?.setQuery(query, open.alternatives);
      revision += 1;
    },
    close(view) {
      queries.delete(view);
      data.views.delete(view);
    },
    state: (view) => stateOf(viewOf(view)),
    async count(view) {
      const known = data.views.get(view);
      // Of a list that is half read they would say something wrong, and each time it has grown they would be counted anew.
      if (known === undefined || phase === 'loading') return null;
      const { counts } = known;
      await finishInSlices(known.counting(), () => data.views.get(view) === known, COUNT_SLICE_MS);
      return known.counts === counts ? null : stateOf(known);
    },
    window(view, from, to, anchor = null) {
      const moved = anchor === null ? 0 : movedBy(anchor, positions(view, anchor.handles));
      const first = Math.max(0, from + moved);
      const known = viewOf(view);
      const slots = known.result.subarray(first, Math.max(first, to + moved));
      return { state: stateOf(known), from: first, rows: Array.from(slots, (slot) => shown(data, slot)), moved };
    },
    positions,
    handleRuns(view, from, to) {
      return runsBetween(viewOf(view).result, data.store.no, from, to);
    },
    choose(view, chosen, change, id) {
      const { store } = data;
      const slots = slotsToChange(store, slotsOf(viewOf(view).result, chosen), change);
      const nos = new Float64Array(slots.length);
      for (let at = 0; at < slots.length; at++) nos[at] = store.no(slots[at] ?? 0);
      if (id !== null) setAssumed([...assumed, { id, change, nos, landed: false }]);
      return { nos, ids: store.copyIds(slots) };
    },
    assume(id, change, nos) {
      setAssumed([...assumed, { id, change, nos, landed: false }]);
    },
    landed(id) {
      for (const one of assumed) if (one.id === id) one.landed = true;
    },
    takeBack: (id) => setAssumed(assumed.filter((one) => one.id !== id)),
    stop() {
      queries.clear();
      beginning.succeed();
      reader.close();
    },
  };
}
