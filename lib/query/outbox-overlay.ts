import type { PackedPage } from '#lib/store/page-codec.ts';
import { decodeRows } from '#lib/store/page-codec.ts';
import { numberAt } from '#lib/store/packed-page.ts';
import type { OutboxEntry, StoredRow } from '#lib/store/types.ts';
import { PAGE_ROWS } from '#lib/store/types.ts';
import { sellers } from '#lib/tables/sellers.ts';
import type { Seller } from '#lib/tables/sellers.ts';
import type { ColumnStore, PutRow } from './column-store.ts';
import type { Pending } from './pending-rows.ts';
import { createJoin, groupByRow, isOnlyMarks, sameMutations } from './pending-rows.ts';
import type { RowMarks } from './query.ts';

/** Keeps the columns at view = base + outbox. Each call returns the slots whose row may have changed. */
export interface OutboxOverlay {
  /** Rows of the base as they now are, tombstones included; older copies than the known ones are passed over. */
  putBase(rows: readonly StoredRow[]): Touched;
  /** The rows of a page as they now are. */
  putPage(packed: PackedPage): Touched;
  /**
   * Pages that were written anew: they keep no deleted rows, and one without rows is not there any more. To
   * be called before the rows that were written since, which no page has yet.
   */
  dropMissing(rewritten: readonly number[], pages: readonly PackedPage[]): Touched;
  /** The whole outbox of the table, in order. */
  setOutbox(entries: readonly OutboxEntry[]): Touched;
  /** Whether an edit of this row is not yet confirmed. */
  isWaiting(no: number): boolean;
  /** The handle by which a row is shown: a creation's own, until the base has its row. */
  shownNo(no: number): number;
}

/** Slots; those in `marks` differ by flag, deletion and time of change alone. */
export interface Touched {
  readonly rows: ArrayLike<number>;
  readonly marks: ArrayLike<number>;
}

/** All that any of them touched. */
export function joinTouched(some: readonly Touched[]): Touched {
  return { rows: joined(some.map(({ rows }) => rows)), marks: joined(some.map(({ marks }) => marks)) };
}

function joined(some: readonly ArrayLike<number>[]): Uint32Array {
  const all = new Uint32Array(some.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const slots of some) {
    all.set(slots, at);
    at += slots.length;
  }
  return all;
}

const nothing: Touched = { rows: [], marks: [] };
/** When a row was deleted is not known of a page that has it no longer, and shown nowhere. */
const GONE = 0;

/** `realNo`: handles of creations whose row the base has by now. Kept: later edits may still name the old handle. */
export function createOutboxOverlay(store: ColumnStore, realNo = new Map<number, number>()): OutboxOverlay {
  /** The base's row under each pending one; null for a creation; the marks alone where nothing else is pending. */
  const base = new Map<number, PutRow | RowMarks | null>();
  let pending = new Map<number, readonly Pending[]>();
  let entries: readonly OutboxEntry[] = [];
  let unconfirmed = new Set<string>();
  /** Creations by their own id: handle now shown, until the base has the row. */
  let creations = new Map<string, number>();
  /** Numbers given to creations whose row the base does not have yet: edits that name them belong to the handle. */
  let shownAs = new Map<number, number>();

  const shownNo = (no: number): number => realNo.get(no) ?? shownAs.get(no) ?? no;

  /** Paints a row from its base and what is pending; its slot, or -1. */
  function paint(no: number): number {
    const mutations = pending.get(no) ?? [];
    const under = baseOf(no);
    if (mutations.length === 0) base.delete(no);
    else base.set(no, under);
    let row: PutRow | null = under;
    for (const { mutation } of mutations) row = sellers.apply(row as Seller | null, mutation);
    if (row !== null) return store.put({ ...row, no, version: under?.version ?? 0 });
    const slot = store.slotOf(no);
    if (slot >= 0) store.hide(slot);
    return slot;
  }

  /** The same of a row whose other columns are those of the base already: a tenth of the time. */
  function paintMarks(no: number, slot: number): number {
    const under = base.get(no) ?? store.marks(slot);
    const mutations = pending.get(no);
    if (mutations === undefined) base.delete(no);
    else base.set(no, under);
    let marks: RowMarks | null = under;
    // Of such mutations the reducer looks at the marks alone.
    for (const { mutation } of mutations ?? []) marks = sellers.apply(marks as Seller, mutation);
    if (marks !== null) store.setMarks(slot, marks);
    return slot;
  }

  function baseOf(no: number): PutRow | null {
    const kept = base.get(no);
    if (kept === null || (kept !== undefined && 'id' in kept)) return kept;
    const slot = store.slotOf(no);
    return slot < 0 || no < 0 ? null : { ...store.row(slot), ...kept };
  }

  function knownVersion(no: number): number {
    const kept = base.get(no);
    if (kept === null) return -1;
    const slot = store.slotOf(no);
    return slot < 0 ? -1 : (store.number('version').get(slot) ?? 0);
  }

  /** The same when entries have come behind those that there were, none of which makes rows. */
  function groupMore(added: readonly OutboxEntry[]): Touched {
    const rows: number[] = [];
    const marks: number[] = [];
    const join = createJoin();
    for (const [no, more] of groupByRow(added, shownNo)) {
      const before = pending.get(no);
      pending.set(no, join(before, more));
      const slot = store.slotOf(no);
      if (isOnlyMarks(before) && isOnlyMarks(more) && slot >= 0 && base.get(no) !== null)
        marks.push(paintMarks(no, slot));
      else rows.push(paint(no));
    }
    return { rows: rows.filter((slot) => slot >= 0), marks };
  }

  /** Repaints every row whose pending mutations differ from before. */
  function regroup(): Touched {
    learnRealNos();
    const before = pending;
    pending = groupByRow(entries, shownNo);
    const rows: number[] = [];
    const marks: number[] = [];
    const repaint = (no: number): void => {
      const slot = store.slotOf(no);
      const onlyMarks = isOnlyMarks(before.get(no)) && isOnlyMarks(pending.get(no));
      if (onlyMarks && slot >= 0 && base.get(no) !== null) marks.push(paintMarks(no, slot));
      else rows.push(paint(no));
    };
    for (const no of before.keys()) if (!pending.has(no)) repaint(no);
    for (const [no, mutations] of pending) if (!sameMutations(before.get(no), mutations)) repaint(no);
    return { rows: rows.filter((slot) => slot >= 0), marks };
  }

  function learnRealNos(): void {
    creations = new Map();
    shownAs = new Map();
    for (const entry of entries) {
      if (entry.op !== 'create') continue;
      for (const target of entry.targets) creations.set(target.id, target.no);
      for (const { requested_id, no } of entry.acknowledged?.records ?? []) {
        const handle = creations.get(requested_id);
        if (handle === undefined) continue;
        if (knownVersion(no) >= 0) realNo.set(handle, no);
        else shownAs.set(no, handle);
      }
    }
  }

  function putRow(row: Seller): number {
    const mutations = pending.get(row.no);
    if (mutations === undefined) return store.put(row);
    if (!isOnlyMarks(mutations)) {
      base.set(row.no, row);
      return paint(row.no);
    }
    const { flagged, deleted_at, updated_at } = row;
    base.set(row.no, { flagged, deleted_at, updated_at });
    return paintMarks(row.no, store.put(row));
  }

  function putBase(rows: readonly StoredRow[]): Touched {
    const touched: number[] = [];
    /** Whether the base has a row now that was created here: edits of it belong to another number from then on. */
    let isOfCreation = false;
    for (const row of rows as readonly Seller[]) {
      if (row.version < knownVersion(row.no)) continue;
      const handle = creations.get(row.id);
      if (handle !== undefined) realNo.set(handle, row.no);
      isOfCreation ||= handle !== undefined || shownAs.has(row.no);
      const slot = putRow(row);
      if (slot >= 0) touched.push(slot);
    }
    const own: Touched = { rows: touched, marks: [] };
    return isOfCreation ? joinTouched([own, regroup()]) : own;
  }

  function dropMissing(rewritten: readonly number[], pages: readonly PackedPage[]): Touched {
    if (rewritten.length === 0) return nothing;
    const kept = new Map(pages.map(({ page, offsets }) => [page, new Set(offsets)]));
    const rows: number[] = [];
    const marks: number[] = [];
    for (const page of rewritten) {
      for (let offset = 0; offset < PAGE_ROWS; offset++) {
        if (kept.get(page)?.has(offset) === true) continue;
        const no = page * PAGE_ROWS + offset;
        const slot = drop(no);
        // An edit of a row that is gone is not shown any more: its name may be another.
        if (slot >= 0) (pending.has(no) ? rows : marks).push(slot);
      }
    }
    return { rows, marks };
  }

  /** The base has this row no longer. Its slot, or -1 when it was not known to be there. */
  function drop(no: number): number {
    const slot = store.slotOf(no);
    if (slot < 0) return -1;
    const under = base.get(no) ?? store.marks(slot);
    if (under.deleted_at !== null) return -1;
    const gone = { ...under, deleted_at: GONE };
    if (!pending.has(no)) store.setMarks(slot, gone);
    else {
      base.set(no, gone);
      paint(no);
    }
    return slot;
  }

  /** Offsets of the page's rows that something is known of. */
  function knownOffsets(packed: PackedPage): number[] {
    const first = packed.page * PAGE_ROWS;
    const created = createdIn(packed);
    const isPending = base.size + pending.size + shownAs.size > 0;
    const known: number[] = [];
    for (let index = 0; index < packed.offsets.length; index++) {
      const offset = packed.offsets[index] ?? 0;
      const no = first + offset;
      const isKnown =
        store.slotOf(no) >= 0 ||
        (isPending && (base.has(no) || pending.has(no) || shownAs.has(no))) ||
        created?.(index) === true;
      if (isKnown) known.push(offset);
    }
    return known;
  }

  /** Whether a row may be one that was created here, or null: none may. A page has a thousand ids, and to spell them out takes longer than the rest. */
  function createdIn(packed: PackedPage): ((index: number) => boolean) | null {
    const ids = packed.columns['id'];
    if (creations.size === 0) return null;
    if (ids?.kind !== 'uuid' || ids.places !== null) return () => true;
    const starts = new Set(Array.from(creations.keys(), (id) => id.slice(0, 2)));
    return (index) => starts.has((ids.bytes[index * 16] ?? 0).toString(16).padStart(2, '0'));
  }

  /** Without those that are known as new: most of the rows of a page that compaction has written. */
  function newerOffsets(packed: PackedPage, offsets: readonly number[]): number[] {
    const versions = packed.columns['version'];
    if (versions?.kind !== 'number' || versions.values.length !== packed.offsets.length) return [...offsets];
    const indexes = new Map(Array.from(packed.offsets, (offset, index) => [offset, index]));
    return offsets.filter((offset) => {
      const no = packed.page * PAGE_ROWS + offset;
      return store.slotOf(no) < 0 || numberAt(versions, indexes.get(offset) ?? 0) > knownVersion(no);
    });
  }

  return {
    putBase,
    dropMissing,
    putPage(packed) {
      const known = knownOffsets(packed);
      if (known.length === 0) return { rows: store.append(packed, new Set()), marks: [] };
      const rows: ArrayLike<number> =
        known.length === packed.offsets.length
          ? []
          : store.append(packed, new Set(known.map((offset) => packed.page * PAGE_ROWS + offset)));
      const newer = newerOffsets(packed, known);
      if (newer.length === 0) return { rows, marks: [] };
      return joinTouched([{ rows, marks: [] }, putBase(decodeRows(sellers, packed, newer))]);
    },
    setOutbox(next) {
      // With each page that is read comes the same list; to group changes of all rows takes seconds.
      if (next === entries) return nothing;
      const before = entries;
      const same = next.length === before.length && next.every(({ id }, at) => id === before[at]?.id);
      const added = before.every((entry, at) => entry === next[at]) ? next.slice(before.length) : null;
      entries = next;
      unconfirmed = new Set(next.filter(({ state }) => state !== 'acknowledged').map(({ id }) => id));
      // What an entry does never changes, but for the numbers that creations are given.
      if (creations.size > 0) return regroup();
      if (added !== null && added.every(({ op }) => op !== 'create')) return groupMore(added);
      return same ? nothing : regroup();
    },
    isWaiting: (no) => pending.get(no)?.some(({ entry }) => unconfirmed.has(entry)) ?? false,
    shownNo,
  };
}
