import type { PackedPage } from '#lib/store/page-codec.ts';
import { PAGE_ROWS } from '#lib/store/types.ts';
import { createCodeColumn } from './code-column.ts';
import { createIdColumn } from './id-column.ts';
import { createNumberColumn } from './number-column.ts';
import { readPage } from './page-columns.ts';
import type { RowMarks, SellerFields } from './query.ts';
import { createSlotMap } from './slot-map.ts';
import { createTextColumn } from './text-column.ts';

const numberColumns = [
  'times_seen',
  'feedback_percent',
  'feedback_count',
  'item_count',
  'created_at',
  'updated_at',
  'version',
] as const;
const codeColumns = ['source', 'first_seen_run_id'] as const;

export type NumberColumnName = (typeof numberColumns)[number];
export type CodeColumnName = (typeof codeColumns)[number];
export type ColumnStore = ReturnType<typeof createColumnStore>;

/**
 * The rows of the view as columns by slot. A row keeps its slot for good; a deleted one is only not
 * alive, so that its change number still tells an older copy of it from a newer one.
 */
export function createColumnStore() {
  const slotOf = createSlotMap();
  const ids = createIdColumn();
  const names = createTextColumn();
  // Empty where the shown name equals the normalized one, as most do.
  const shownNames = createTextColumn();
  const numbers = {
    times_seen: createNumberColumn('integer'),
    feedback_percent: createNumberColumn('decimal'),
    feedback_count: createNumberColumn('integer'),
    item_count: createNumberColumn('integer'),
    created_at: createNumberColumn('decimal'),
    updated_at: createNumberColumn('decimal'),
    version: createNumberColumn('integer'),
  };
  const codes = { source: createCodeColumn(), first_seen_run_id: createCodeColumn() };
  let nos = new Float64Array(0);
  let flags = new Uint8Array(0);
  let live = new Uint8Array(0);
  let slots = 0;
  let liveRows = 0;
  let assumed: Uint8Array | null = null;
  let assumedRows = 0;

  function reserve(count: number): void {
    if (count <= live.length) return;
    const size = Math.ceil(Math.max(count, live.length * 1.25, 1024));
    for (const column of [ids, ...Object.values(numbers), ...Object.values(codes)]) column.reserve(size);
    nos = enlarged(nos, new Float64Array(size));
    flags = enlarged(flags, new Uint8Array(size));
    live = enlarged(live, new Uint8Array(size));
  }

  function setLive(slot: number, alive: boolean): void {
    liveRows += Number(alive) - (live[slot] ?? 0);
    live[slot] = Number(alive);
  }

  function setMarks(slot: number, { flagged, deleted_at, updated_at }: RowMarks): void {
    flags[slot] = Number(flagged);
    numbers.updated_at.set(slot, updated_at);
    setLive(slot, deleted_at === null);
  }

  function put(row: SellerFields): number {
    let slot = slotOf.get(row.no);
    if (slot < 0) {
      slot = slots++;
      reserve(slots);
      slotOf.set(row.no, slot);
      nos[slot] = row.no;
    }
    ids.set(slot, row.id);
    names.set(slot, row.normalized_name);
    shownNames.set(slot, row.display_name === row.normalized_name ? '' : row.display_name);
    for (const name of numberColumns) numbers[name].set(slot, row[name]);
    for (const name of codeColumns) codes[name].set(slot, row[name]);
    setMarks(slot, row);
    return slot;
  }

  function append(packed: PackedPage): number[] {
    const start = slots;
    slots += packed.offsets.length;
    reserve(slots);
    const columns = readPage(packed);
    ids.fill(start, columns.ids);
    return Array.from(packed.offsets, (offset, at) => {
      const slot = start + at;
      nos[slot] = packed.page * PAGE_ROWS + offset;
      slotOf.set(nos[slot] ?? 0, slot);
      const normalized = columns.normalized_name(at);
      const shown = columns.display_name(at);
      names.set(slot, normalized);
      shownNames.set(slot, shown === normalized ? '' : shown);
      for (const column of numberColumns) numbers[column].set(slot, columns[column](at));
      for (const column of codeColumns) codes[column].set(slot, columns[column](at));
      flags[slot] = Number(columns.flagged(at));
      setLive(slot, columns.deleted_at(at) === null);
      return slot;
    });
  }

  function marked(slot: number, yes: number, no: number, own: Uint8Array): boolean {
    const marks = assumed?.[slot] ?? 0;
    return (marks & yes) !== 0 || ((marks & no) === 0 && own[slot] === 1);
  }

  const name = (slot: number): string => names.get(slot);
  const no = (slot: number): number => nos[slot] ?? 0;
  const isFlagged = (slot: number): boolean => marked(slot, assumedMarks.flagged, assumedMarks.unflagged, flags);
  const isLive = (slot: number): boolean => marked(slot, assumedMarks.restored, assumedMarks.deleted, live);

  function marks(slot: number): RowMarks {
    return {
      flagged: flags[slot] === 1,
      // When it was deleted is not kept: a row that is not alive is not shown.
      deleted_at: live[slot] === 1 ? null : 0,
      updated_at: numbers.updated_at.get(slot) ?? 0,
    };
  }

  function row(slot: number): SellerFields {
    return {
      id: ids.get(slot),
      no: no(slot),
      version: numbers.version.get(slot) ?? 0,
      normalized_name: name(slot),
      display_name: shownNames.get(slot) || name(slot),
      source: (codes.source.get(slot) ?? 'manual') as SellerFields['source'],
      times_seen: numbers.times_seen.get(slot) ?? 0,
      feedback_percent: numbers.feedback_percent.get(slot),
      feedback_count: numbers.feedback_count.get(slot),
      item_count: numbers.item_count.get(slot),
      first_seen_run_id: codes.first_seen_run_id.get(slot),
      created_at: numbers.created_at.get(slot) ?? 0,
      ...marks(slot),
    };
  }

  return {
    reserve(count: number, highestNo: number): void {
      reserve(count);
      slotOf.reserve(highestNo);
    },
    put,
    /** What flags, deletions and restorations change of a row that is known. */
    setMarks,
    marks,
    /** Rows of a sound page, none of which is known yet; their slots. Ten times as fast as row by row. */
    append,
    /** Without what is assumed. */
    row,
    name,
    no,
    /** With what is assumed. */
    isFlagged,
    isLive,
    /** Shows these marks (see `assumedMarks`), by slot, instead of the rows' own; for the rows as they are now. */
    assume(marks: Uint8Array | null): void {
      assumed = marks;
      assumedRows = 0;
      for (let slot = 0; slot < (marks?.length ?? 0); slot++)
        if (marks?.[slot] !== 0) assumedRows += Number(isLive(slot)) - (live[slot] ?? 0);
    },
    copyIds: ids.copy,
    /** Hides a row without forgetting it. */
    hide: (slot: number): void => setLive(slot, false),
    slotOf: slotOf.get,
    number: (column: NumberColumnName) => numbers[column],
    code: (column: CodeColumnName) => codes[column],
    keepMatching: (pattern: string, marks: Uint8Array): void => names.keepMatching(pattern, marks, slots),
    /** Slots given so far, dead ones included. */
    get slots() {
      return slots;
    },
    get liveRows() {
      return liveRows + assumedRows;
    },
  };
}

/** Bits of what can be assumed of a row; of two that contradict each other, only one is set. */
export const assumedMarks = { flagged: 1, unflagged: 2, deleted: 4, restored: 8 } as const;

function enlarged<T extends Float64Array | Uint8Array>(old: T, next: T): T {
  next.set(old);
  return next;
}

export function isNumberColumn(name: string): name is NumberColumnName {
  return (numberColumns as readonly string[]).includes(name);
}

export function isCodeColumn(name: string): name is CodeColumnName {
  return (codeColumns as readonly string[]).includes(name);
}
