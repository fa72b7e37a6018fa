import type { TableName } from '#lib/tables/index.ts';
import { tables } from '#lib/tables/index.ts';
import type { BaseDatabase } from './base-database.ts';
import { numbersOf, rowsAt } from './page-codec.ts';
import type { PackedRows } from './packed-page.ts';
import type { PatchState, StoredRow } from './types.ts';
import { PAGE_ROWS } from './types.ts';

/*
 * Level two of the base, as it is read. 1,000 changed rows all over a table of a million are one record: with a record
 * for each row they took 103 ms to write and 40 ms to read (now 10 and 6).
 */

/** A patch as it was read, with what finding a row in it needs. */
interface OpenPatch {
  readonly seq: number;
  readonly packed: PackedRows;
  /** Ascending. */
  readonly nos: ArrayLike<number>;
  readonly versions: ArrayLike<number>;
}

/**
 * Patches that this context has read of an open database. They never change, so each is read and checked once; a
 * database that is opened again has another object.
 */
const known = new WeakMap<IDBDatabase, Partial<Record<TableName, readonly OpenPatch[]>>>();

/** Level two of a table. */
export interface Patches {
  readonly state: PatchState;
  /** Oldest first. */
  readonly open: readonly OpenPatch[];
  /** Sequence of the newest patch; 0 when there is none. */
  readonly newest: number;
  /** The newest of each row that counts, tombstones included, of those numbered `from` to `to` (exclusive) that are wanted. */
  rows(from: number, to: number, isWanted?: (no: number) => boolean): StoredRow[];
  /** The same of one page. */
  rowsOfPage(page: number): StoredRow[];
  /** Pages that have not taken in every row of this patch. */
  pagesOf(patch: OpenPatch): number[];
}

/** Part of the caller's transaction over patches and their states. Throws `storage_broken`. */
export async function readPatches(base: BaseDatabase, table: TableName): Promise<Patches> {
  const [state = noPatches(table), seqs] = await Promise.all([
    base.patchStates.get(table),
    base.patches.where('table').equals(table).primaryKeys(),
  ]);
  const open = await openPatches(base, table, seqs);
  const counts = (no: number, seq: number): boolean => (state.merged.get(pageOf(no)) ?? 0) < seq;

  const patches: Patches = {
    state,
    open,
    newest: open.at(-1)?.seq ?? 0,
    rowsOfPage: (page) => patches.rows(page * PAGE_ROWS, (page + 1) * PAGE_ROWS),
    rows(from, to, isWanted = () => true) {
      const highest = new Map<number, number>();
      const spans = open.map((patch) => ({
        ...patch,
        first: firstFrom(patch.nos, from),
        end: firstFrom(patch.nos, to),
      }));
      for (const { seq, nos, versions, first, end } of spans) {
        for (let at = first; at < end; at++) {
          const no = nos[at] ?? 0;
          const version = versions[at] ?? 0;
          if (isWanted(no) && counts(no, seq) && version >= (highest.get(no) ?? 0)) highest.set(no, version);
        }
      }
      return spans.toReversed().flatMap(({ packed, nos, versions, first, end }) => {
        const indexes: number[] = [];
        for (let at = first; at < end; at++) {
          const no = nos[at] ?? 0;
          if (highest.get(no) !== versions[at]) continue;
          indexes.push(at);
          // An older patch may have the same.
          highest.delete(no);
        }
        return indexes.length === 0 ? [] : rowsAt(tables[table], packed, indexes);
      });
    },
    pagesOf({ seq, nos }) {
      const pages = new Set<number>();
      for (let at = 0; at < nos.length; at++) if (counts(nos[at] ?? 0, seq)) pages.add(pageOf(nos[at] ?? 0));
      return [...pages];
    },
  };
  return patches;
}

/** Of patches that are gone nothing is kept. */
async function openPatches(
  base: BaseDatabase,
  table: TableName,
  seqs: readonly number[],
): Promise<readonly OpenPatch[]> {
  const database = base.backendDB();
  const opened = new Map(known.get(database)?.[table]?.map((patch) => [patch.seq, patch]));
  const missing = seqs.filter((seq) => !opened.has(seq));
  const records = missing.length === 0 ? [] : await base.patches.bulkGet(missing);
  for (const record of records)
    if (record !== undefined) {
      const { seq, packed } = record;
      opened.set(seq, { seq, packed, ...numbersOf(tables[table], packed) });
    }
  const open = seqs.flatMap((seq) => opened.get(seq) ?? []);
  known.set(database, { ...known.get(database), [table]: open });
  return open;
}

/** Index of the first of these ascending numbers that is not below `limit`. */
function firstFrom(numbers: ArrayLike<number>, limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

const pageOf = (no: number): number => Math.floor(no / PAGE_ROWS);

export function noPatches(table: TableName): PatchState {
  return { table, patches: 0, rows: 0, merged: new Map() };
}
