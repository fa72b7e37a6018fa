import { countMarks, keepBoth, pickMarked } from './byte-marks.ts';
import type { ColumnStore } from './column-store.ts';
import type { ConditionContext, RowCondition } from './keep-condition.ts';
import { keepCondition } from './keep-condition.ts';
import { createNameSearch } from './name-search.ts';
import type { OrderCache } from './order-cache.ts';
import type { Alternatives, Condition, Query } from './query.ts';

/** One open query: the slots that match it, in order, kept up to date from what was touched. */
export interface QueryView {
  /** Slots by position. Never written to: what took it stays as it was. */
  readonly result: Uint32Array;
  /** Rows for each of the alternatives, as they were last counted; none before. */
  readonly counts: readonly number[];
  readonly query: Query;
  setQuery(query: Query, alternatives: Alternatives): void;
  /** Rows changed, appeared or died; only those whose name may be another need to be named. null: anything may be. */
  touch(slots: ArrayLike<number> | null): void;
  /** Brings `result` up to date if it is not. */
  settle(): void;
  /** Counts for `result`, one condition at a step; `counts` are others at the end, unless it has been done or is being done, or the list is another by then. */
  counting(): Generator<void, void>;
  /** The matching slots, in no order. */
  matches(): Uint32Array;
}

/** A list that is asked for while the rows of another are counted is to come with the next frame. */
export const COUNT_SLICE_MS = 3;

/** `firstAlternatives`: conditions to count rows for, each in the place of the query's own and under the same texts. */
export function createQueryView(
  store: ColumnStore,
  orders: OrderCache,
  context: ConditionContext,
  first: Query,
  firstAlternatives: Alternatives,
): QueryView {
  const names = createNameSearch(store);
  let query = first;
  let alternatives = firstAlternatives;
  let result: Uint32Array = new Uint32Array(0);
  let counts: readonly number[] = [];
  let stale = true;
  let countsStale = true;
  /** How often it was brought up to date, and when what is being counted was. */
  let settled = 0;
  let countingFor = 0;
  // Kept from one list to the next: to get a megabyte of memory takes longer than to fill it.
  const marked = createScratch();
  const counted = { live: createScratch(), narrowed: createScratch() };
  let platform: { readonly key: string; readonly marks: Uint8Array } | null = null;

  /** Leaves the marks of rows that meet the conditions; a pause after each of them. */
  function* narrow(marks: Uint8Array, conditions: readonly Condition[]): Generator<void, void> {
    for (const condition of conditions) {
      if (!isOfRow(condition)) continue;
      if (condition.column === 'platform_id') keepBoth(marks, platformMarks(condition));
      else keepCondition(store, condition, context, marks);
      yield;
    }
  }

  /** Every alternative has the same condition of ids, and to look at a million texts takes a third of a second. */
  function platformMarks(condition: RowCondition): Uint8Array {
    const key = JSON.stringify(condition);
    if (platform?.key !== key || platform.marks.length !== store.slots) {
      const marks = new Uint8Array(store.slots).fill(1);
      keepCondition(store, condition, context, marks);
      platform = { key, marks };
    }
    return platform.marks;
  }

  /** Marks the rows that are alive and have a name that is looked for. */
  function markLive(marks: Uint8Array): void {
    const found = names.find(query);
    store.copyLive(marks);
    if (found !== null) keepBoth(marks, found);
  }

  function markMatching(): Uint8Array {
    const marks = marked(store.slots);
    markLive(marks);
    for (const _ of narrow(marks, query.where));
    return marks;
  }

  return {
    get result() {
      return result;
    },
    get counts() {
      return counts;
    },
    get query() {
      return query;
    },
    setQuery(next, nextAlternatives) {
      query = next;
      alternatives = nextAlternatives;
      stale = true;
    },
    touch(slots) {
      names.touch(slots);
      platform = null;
      stale = true;
    },
    settle() {
      if (!stale) return;
      const marks = markMatching();
      result = pickMarked(orders.order(query.sort), marks, countMarks(marks));
      stale = false;
      countsStale = true;
      settled += 1;
    },
    *counting() {
      const of = settled;
      if (stale || !countsStale || countingFor === of) return;
      countingFor = of;
      try {
        const live = counted.live(store.slots);
        markLive(live);
        const found: number[] = [];
        for (const conditions of alternatives) {
          const marks = counted.narrowed(live.length);
          marks.set(live);
          for (const _ of narrow(marks, conditions)) {
            yield;
            if (stale || settled !== of) return;
          }
          found.push(countMarks(marks));
        }
        counts = found;
        countsStale = false;
      } finally {
        if (countingFor === of) countingFor = 0;
      }
    },
    matches() {
      const marks = markMatching();
      const slots = new Uint32Array(countMarks(marks));
      let count = 0;
      for (let slot = 0; slot < marks.length; slot++) if (marks[slot] === 1) slots[count++] = slot;
      return slots;
    },
  };
}

/** Bytes that are used again and again; they hold what was written last. */
function createScratch(): (length: number) => Uint8Array {
  let bytes = new Uint8Array(0);
  return (length) => {
    if (bytes.length < length) bytes = new Uint8Array(Math.ceil(length * 1.1));
    return bytes.subarray(0, length);
  };
}

function isOfRow(condition: Condition): condition is RowCondition {
  return condition.column !== 'display_name';
}
