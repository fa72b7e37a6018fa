import type { PackedPage } from '#lib/store/page-codec.ts';
import { decodeRows } from '#lib/store/page-codec.ts';
import type { OutboxEntry, StoredRow } from '#lib/store/types.ts';
import { PAGE_ROWS } from '#lib/store/types.ts';
import type { RowMutation } from '#lib/tables/define-table.ts';
import { sellers } from '#lib/tables/sellers.ts';
import type { Seller } from '#lib/tables/sellers.ts';
import type { ColumnStore } from './column-store.ts';
import type { SellerFields } from './query.ts';

/** Keeps the columns at view = base + outbox. Each call returns the slots whose row may have changed. */
export interface OutboxOverlay {
  /** Rows of the base as they now are, tombstones included; older copies than the known ones are passed over. */
  putBase(rows: readonly StoredRow[]): number[];
  /** The rows of a page as they now are. */
  putPage(packed: PackedPage): number[];
  /** The whole outbox of the table, in order. */
  setOutbox(entries: readonly OutboxEntry[]): number[];
  /** Whether an edit of this row is not yet confirmed. */
  isWaiting(no: number): boolean;
}

interface Pending {
  /** Id of the outbox entry, whose contents never change but for its state. */
  readonly entry: string;
  readonly mutation: RowMutation;
  readonly waiting: boolean;
}

export function createOutboxOverlay(store: ColumnStore): OutboxOverlay {
  /** The base's row under each pending one; null for a creation. */
  const base = new Map<number, SellerFields | null>();
  let pending = new Map<number, Pending[]>();
  let entries: readonly OutboxEntry[] = [];
  /** Creations by their own id: handle now shown, until the base has the row. */
  let creations = new Map<string, number>();
  /** Handles of creations whose row the base has by now. Kept: later edits may still name the old handle. */
  const realNo = new Map<number, number>();
  /** Numbers given to creations whose row the base does not have yet: edits that name them belong to the handle. */
  let shownAs = new Map<number, number>();

  /** Paints a row from its base and what is pending. */
  function paint(no: number): number {
    const mutations = pending.get(no) ?? [];
    const under = baseOf(no);
    if (mutations.length === 0) base.delete(no);
    else base.set(no, under);
    let row = under;
    for (const { mutation } of mutations) row = sellers.apply(row as Seller | null, mutation);
    if (row !== null) return store.put({ ...row, no, version: under?.version ?? 0 });
    const slot = store.slotOf(no);
    if (slot >= 0) store.hide(slot);
    return slot;
  }

  function baseOf(no: number): SellerFields | null {
    const kept = base.get(no);
    if (kept !== undefined) return kept;
    const slot = store.slotOf(no);
    return slot < 0 || no < 0 ? null : store.row(slot);
  }

  function knownVersion(no: number): number {
    const kept = base.get(no);
    if (kept !== undefined) return kept?.version ?? -1;
    const slot = store.slotOf(no);
    return slot < 0 ? -1 : (store.number('version').get(slot) ?? 0);
  }

  /** Repaints every row whose pending mutations differ from before. */
  function regroup(): number[] {
    learnRealNos();
    const next = groupByRow(entries, (no) => realNo.get(no) ?? shownAs.get(no) ?? no);
    const changed = [...new Set([...pending.keys(), ...next.keys()])].filter(
      (no) => !sameMutations(pending.get(no), next.get(no)),
    );
    // The base must be read before the new mutations count as part of the row.
    const touched = changed.map((no) => [no, baseOf(no)] as const);
    pending = next;
    for (const [no, under] of touched) base.set(no, under);
    return touched.map(([no]) => paint(no)).filter((slot) => slot >= 0);
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

  function putBase(rows: readonly StoredRow[]): number[] {
    const touched: number[] = [];
    for (const row of rows as readonly Seller[]) {
      if (row.version < knownVersion(row.no)) continue;
      const handle = creations.get(row.id);
      if (handle !== undefined) realNo.set(handle, row.no);
      if (!pending.has(row.no)) {
        touched.push(store.put(row));
        continue;
      }
      base.set(row.no, row);
      const slot = paint(row.no);
      if (slot >= 0) touched.push(slot);
    }
    return [...touched, ...(creations.size > 0 ? regroup() : [])];
  }

  function isNew(no: number): boolean {
    return store.slotOf(no) < 0 && !base.has(no) && !pending.has(no);
  }

  return {
    putBase,
    putPage(packed) {
      const first = packed.page * PAGE_ROWS;
      const allNew = creations.size === 0 && packed.offsets.every((offset) => isNew(first + offset));
      return allNew ? store.append(packed) : putBase(decodeRows(sellers, packed));
    },
    setOutbox(next) {
      entries = next;
      return regroup();
    },
    isWaiting: (no) => pending.get(no)?.some(({ waiting }) => waiting) ?? false,
  };
}

function groupByRow(entries: readonly OutboxEntry[], shownNo: (no: number) => number): Map<number, Pending[]> {
  const groups = new Map<number, Pending[]>();
  for (const entry of entries) {
    for (const [index, target] of entry.targets.entries()) {
      const no = shownNo(target.no);
      const mutation = {
        op: entry.op,
        id: target.id,
        data: entry.rows?.[index] ?? entry.data,
        edited_at: entry.edited_at,
      };
      const group = groups.get(no) ?? [];
      group.push({ entry: entry.id, mutation, waiting: entry.state !== 'acknowledged' });
      groups.set(no, group);
    }
  }
  return groups;
}

function sameMutations(a: readonly Pending[] | undefined, b: readonly Pending[] | undefined): boolean {
  if (a?.length !== b?.length) return false;
  return (a ?? []).every(({ entry, waiting }, index) => b?.[index]?.entry === entry && b[index].waiting === waiting);
}
