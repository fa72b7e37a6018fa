import type { PackedPage } from '#lib/store/page-codec.ts';
import { PAGE_ROWS } from '#lib/store/types.ts';
import { createCodeColumn } from './code-column.ts';
import { createIdColumn } from './id-column.ts';
import { createFirstNameKeys } from './name-keys.ts';
import { createNumberColumn } from './number-column.ts';
import { openPage } from './page-columns.ts';
import type { RowMarks, SellerFields } from './query.ts';
import { createShownNames } from './shown-names.ts';
import { createSlotMap } from './slot-map.ts';
import { BLOCK_ROWS, createTextColumn } from './text-column.ts';

export const numberColumns = [
  'times_seen',
  'feedback_percent',
  'feedback_count',
  'item_count',
  'created_at',
  'updated_at',
  'version',
] as const;
export const codeColumns = ['source', 'platform', 'first_seen_run_id', 'last_seen_run_id'] as const;
const otherColumns = ['id', 'normalized_name', 'display_name', 'flagged', 'note', 'deleted_at'];
/** Room for rows that come in later: without it, the first of them would have every column copied. */
const SPARE_SLOTS = 16 * PAGE_ROWS;
/** Slots that are made before it is known how many rows the numbers stand for; what is never written to takes no memory. */
const MOST_RESERVED = 4 * 2 ** 20;

const pageColumns = [...otherColumns, ...numberColumns, ...codeColumns];

export type NumberColumnName = (typeof numberColumns)[number];
export type CodeColumnName = (typeof codeColumns)[number];
export type ColumnStore = ReturnType<typeof createColumnStore>;

/** A row as the store, the reducer or the columns give it. */
export type PutRow = Omit<SellerFields, 'has_note'> & { readonly has_note?: boolean; readonly note?: string | null };

/**
 * The rows of the view as columns by slot. A row keeps its slot for good; a deleted one is only not
 * alive, so that its change number still tells an older copy of it from a newer one.
 */
export function createColumnStore() {
  const slotOf = createSlotMap();
  const ids = createIdColumn();
  const names = createTextColumn();
  const nameKeys = createFirstNameKeys();
  const shownNames = createShownNames();
  const numbers = {
    times_seen: createNumberColumn(1),
    feedback_percent: createNumberColumn(1000),
    feedback_count: createNumberColumn(1),
    item_count: createNumberColumn(1),
    created_at: createNumberColumn(null),
    updated_at: createNumberColumn(null),
    version: createNumberColumn(1),
  };
  const codes = {
    source: createCodeColumn(),
    platform: createCodeColumn(),
    first_seen_run_id: createCodeColumn(),
    last_seen_run_id: createCodeColumn(),
  };
  let nos = new Int32Array(0);
  /** Numbers that four bytes do not hold: handles of creations, by slot. */
  const largeNos = new Map<number, number>();
  let hasOtherNos = false;
  let flags = new Uint8Array(0);
  let noted = new Uint8Array(0);
  let live = new Uint8Array(0);
  let slots = 0;
  let liveRows = 0;
  let assumed: Uint8Array | null = null;
  let assumedRows = 0;
  const overwriting = new Set<(slot: number) => void>();

  function reserve(count: number): void {
    if (count <= live.length) return;
    const size = Math.ceil(Math.max(count, live.length * 1.25, 1024));
    for (const column of [ids, nameKeys, ...Object.values(numbers), ...Object.values(codes)]) column.reserve(size);
    nos = enlarged(nos, new Int32Array(size));
    flags = enlarged(flags, new Uint8Array(size));
    noted = enlarged(noted, new Uint8Array(size));
    live = enlarged(live, new Uint8Array(size));
  }

  function setLive(slot: number, alive: boolean): void {
    liveRows += Number(alive) - (live[slot] ?? 0);
    live[slot] = Number(alive);
  }

  function tellOverwriting(slot: number): void {
    for (const tell of overwriting) tell(slot);
  }

  function setNo(slot: number, no: number): void {
    nos[slot] = no;
    if (nos[slot] === no && no >= 0) return;
    hasOtherNos = true;
    if (nos[slot] === no) return;
    nos[slot] = LARGE;
    largeNos.set(slot, no);
  }

  function writeMarks(slot: number, { flagged, deleted_at, updated_at }: RowMarks): void {
    flags[slot] = Number(flagged);
    numbers.updated_at.set(slot, updated_at);
    setLive(slot, deleted_at === null);
  }

  function put(row: PutRow): number {
    let slot = slotOf.get(row.no);
    if (slot >= 0) tellOverwriting(slot);
    else {
      slot = slots++;
      reserve(slots);
      slotOf.set(row.no, slot);
      setNo(slot, row.no);
    }
    ids.set(slot, row.id);
    names.set(slot, row.normalized_name);
    nameKeys.set(slot, row.normalized_name);
    shownNames.set(slot, row.display_name, row.normalized_name);
    for (const name of numberColumns) numbers[name].set(slot, row[name]);
    for (const name of codeColumns) codes[name].set(slot, row[name]);
    noted[slot] = Number(row.note === undefined ? row.has_note === true : (row.note ?? '') !== '');
    writeMarks(slot, row);
    return slot;
  }

  /** Slots of a page begin a block of the text columns, so that its texts are taken as they are. */
  function append(packed: PackedPage, skipped: ReadonlySet<number>): Uint32Array {
    const { offsets } = packed;
    const count = offsets.length;
    const columns = openPage(packed, pageColumns);
    const start = Math.ceil(slots / BLOCK_ROWS) * BLOCK_ROWS;
    slots = start + count;
    reserve(slots);
    ids.fill(start, columns.ids());
    const own = columns.text('normalized_name');
    names.fill(start, own.text, own.ends);
    nameKeys.fill(start, own.text, own.ends);
    columns.shownNames(shownNames, start);
    for (const column of numberColumns) columns.numbers(column, numbers[column], start);
    for (const column of codeColumns) columns.codes(column, codes[column], start);
    columns.bits('flagged', flags, start);
    liveRows += columns.nulls('deleted_at', live, start);
    const { ends } = columns.text('note');
    const first = packed.page * PAGE_ROWS;
    for (let at = 0; at < count; at++) {
      setNo(start + at, first + (offsets[at] ?? 0));
      noted[start + at] = Number((ends[at] ?? 0) > (ends[at - 1] ?? 0));
    }
    const appended = new Uint32Array(count);
    let many = 0;
    for (let slot = start; slot < slots; slot++) {
      if (skipped.size > 0 && skipped.has(no(slot))) {
        setLive(slot, false);
        continue;
      }
      slotOf.set(no(slot), slot);
      appended[many++] = slot;
    }
    return appended.subarray(0, many);
  }

  function marked(slot: number, yes: number, no: number, own: Uint8Array): boolean {
    const marks = assumed?.[slot] ?? 0;
    return (marks & yes) !== 0 || ((marks & no) === 0 && own[slot] === 1);
  }

  const name = (slot: number): string => names.get(slot);
  function no(slot: number): number {
    const value = nos[slot] ?? 0;
    return value === LARGE ? (largeNos.get(slot) ?? value) : value;
  }
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
      display_name: shownNames.get(slot, name(slot)),
      source: (codes.source.get(slot) ?? 'manual') as SellerFields['source'],
      platform: (codes.platform.get(slot) ?? 'ebay') as SellerFields['platform'],
      times_seen: numbers.times_seen.get(slot) ?? 0,
      feedback_percent: numbers.feedback_percent.get(slot),
      feedback_count: numbers.feedback_count.get(slot),
      item_count: numbers.item_count.get(slot),
      first_seen_run_id: codes.first_seen_run_id.get(slot),
      last_seen_run_id: codes.last_seen_run_id.get(slot),
      has_note: noted[slot] === 1,
      created_at: numbers.created_at.get(slot) ?? 0,
      ...marks(slot),
    };
  }

  /** Shows what is assumed in these bytes, of which there is one for each slot. */
  function showAssumed(bytes: Uint8Array, is: (slot: number) => boolean): Uint8Array {
    for (let slot = 0; slot < (assumed?.length ?? 0); slot++) if (assumed?.[slot] !== 0) bytes[slot] = Number(is(slot));
    return bytes;
  }

  return {
    /** Makes room for rows with numbers up to this one, and for some that come in later. */
    reserve(highestNo: number): void {
      reserve(Math.min(highestNo, MOST_RESERVED) + SPARE_SLOTS);
      slotOf.reserve(highestNo + SPARE_SLOTS);
    },
    put,
    /** What flags, deletions and restorations change of a row that is known. */
    setMarks(slot: number, marks: RowMarks): void {
      tellOverwriting(slot);
      writeMarks(slot, marks);
    },
    marks,
    /** Rows of a page but for those with the skipped numbers; none is known yet. Their slots. Whole columns at a time: much faster than row by row. */
    append,
    /** Without what is assumed. */
    row,
    name,
    no,
    /** With what is assumed. */
    isFlagged,
    isLive,
    /** Writes a byte for each slot. */
    copyLive(into: Uint8Array): void {
      into.set(live.subarray(0, slots));
      showAssumed(into, isLive);
    },
    /** A byte for each slot; not to be written to, and they may change with the rows. */
    flagBytes: () => (assumed === null ? flags.subarray(0, slots) : showAssumed(flags.slice(0, slots), isFlagged)),
    /** Likewise; nothing is assumed of notes. */
    noteBytes: () => noted.subarray(0, slots),
    /** Shows these marks (see `assumedMarks`), by slot, instead of the rows' own; for the rows as they are now. */
    assume(marks: Uint8Array | null): void {
      assumed = marks;
      assumedRows = 0;
      for (let slot = 0; slot < (marks?.length ?? 0); slot++)
        if (marks?.[slot] !== 0) assumedRows += Number(isLive(slot)) - (live[slot] ?? 0);
    },
    copyIds: ids.copy,
    /** Hides a row without forgetting it. */
    hide(slot: number): void {
      tellOverwriting(slot);
      setLive(slot, false);
    },
    /** Calls back before a known row is written over, until the function that this returns is called. */
    beforeOverwriting(tell: (slot: number) => void): () => void {
      overwriting.add(tell);
      return () => overwriting.delete(tell);
    },
    slotOf: slotOf.get,
    /** Slots by number, those of rows that are not alive too; null when some numbers are negative or large: then they are to be sorted. */
    byNumber: slotOf.ordered,
    number: (column: NumberColumnName) => numbers[column],
    code: (column: CodeColumnName) => codes[column],
    keepMatching: names.keepMatching,
    visitNames: names.visit,
    /** Keys of the names of all slots; null when they were taken before. */
    takeNameKeys: nameKeys.take,
    /** Slots given so far: dead ones, and those that the start of a page has left empty, included. */
    get slots() {
      return slots;
    },
    /** Whether any row ever had a negative number, as creations do, or one beyond four bytes. */
    get hasOtherNos() {
      return hasOtherNos;
    },
    get liveRows() {
      return liveRows + assumedRows;
    },
  };
}

/** Bits of what can be assumed of a row; of two that contradict each other, only one is set. */
export const assumedMarks = { flagged: 1, unflagged: 2, deleted: 4, restored: 8 } as const;

/** In place of a number that is elsewhere. */
const LARGE = -(2 ** 31);

function enlarged<T extends Int32Array | Uint8Array>(old: T, next: T): T {
  next.set(old);
  return next;
}

export function isNumberColumn(name: string): name is NumberColumnName {
  return (numberColumns as readonly string[]).includes(name);
}

export function isCodeColumn(name: string): name is CodeColumnName {
  return (codeColumns as readonly string[]).includes(name);
}
