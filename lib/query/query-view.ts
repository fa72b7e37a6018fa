import { normalizeName } from '#lib/domain/seller.ts';
import type { ColumnStore } from './column-store.ts';
import type { OrderCache } from './order-cache.ts';
import type { Counts, Query } from './query.ts';

/** One open query: the slots that match it, in order, kept up to date from what was touched. */
export interface QueryView {
  /** Slots by position. */
  readonly result: Uint32Array;
  readonly counts: Counts;
  setQuery(query: Query): void;
  /** Rows changed, appeared or died; only those whose name may be another need to be named. */
  touch(slots: readonly number[]): void;
  /** Brings `result` and `counts` up to date if they are not. */
  settle(): void;
}

/** What the filters look at beside the row itself. */
export interface FilterContext {
  readonly newestRun: () => string | null;
}

export function createQueryView(
  store: ColumnStore,
  orders: OrderCache,
  context: FilterContext,
  first: Query,
): QueryView {
  let query = first;
  /** Rows whose name contains the search text, alive or not; null when everything does. */
  let found: Uint8Array | null = null;
  let foundText = '';
  let result: Uint32Array = new Uint32Array(0);
  let counts: Counts = noCounts;
  let stale = true;

  function search(): void {
    const text = normalizeName(query.search);
    if (text === '') found = null;
    else {
      // Whatever contains the longer text contains the shorter one: typing on narrows what is there.
      const narrows = found !== null && text.includes(foundText);
      if (found === null || !narrows) found = new Uint8Array(store.slots).fill(1);
      if (!narrows || text !== foundText) store.keepMatching(text, found);
    }
    foundText = text;
  }

  function searchAgain(slots: readonly number[]): void {
    if (found === null) return;
    if (found.length < store.slots) {
      const longer = new Uint8Array(Math.ceil(store.slots * 1.1));
      longer.set(found);
      found = longer;
    }
    for (const slot of slots) found[slot] = Number(store.name(slot).includes(foundText));
  }

  return {
    get result() {
      return result;
    },
    get counts() {
      return counts;
    },
    setQuery(next) {
      query = next;
      stale = true;
    },
    touch(slots) {
      searchAgain(slots);
      stale = true;
    },
    settle() {
      if (!stale) return;
      search();
      ({ result, counts } = collect(store, orders.order(query.sort), found, query.filter, context.newestRun()));
      stale = false;
    },
  };
}

export const noCounts: Counts = { all: 0, new: 0, flagged: 0, not_flagged: 0 };

function collect(
  store: ColumnStore,
  order: Uint32Array,
  found: Uint8Array | null,
  filter: Query['filter'],
  newestRun: string | null,
): { result: Uint32Array; counts: Counts } {
  const runs = store.code('first_seen_run_id');
  const newestCode = newestRun === null ? -1 : runs.codeOf(newestRun);
  const result = new Uint32Array(order.length);
  let total = 0;
  let all = 0;
  let fresh = 0;
  let flagged = 0;
  for (const slot of order) {
    if (!store.isLive(slot) || (found !== null && found[slot] !== 1)) continue;
    const isFlagged = store.isFlagged(slot);
    const isNew = runs.code(slot) === newestCode;
    all += 1;
    if (isNew) fresh += 1;
    if (isFlagged) flagged += 1;
    const fits = filter === 'all' || (filter === 'new' ? isNew : isFlagged === (filter === 'flagged'));
    if (fits) result[total++] = slot;
  }
  return {
    result: total === order.length ? result : result.slice(0, total),
    counts: { all, new: fresh, flagged, not_flagged: all - flagged },
  };
}
