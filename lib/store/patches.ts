import type { TableName } from '#lib/tables/index.ts';
import { tables } from '#lib/tables/index.ts';
import type { BaseDatabase } from './base-database.ts';
import { numbersOf, rowAt } from './page-codec.ts';
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
  /** The newest of each row that counts, tombstones included. */
  rows(isWanted: (no: number) => boolean): StoredRow[];
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

  return {
    state,
    open,
    newest: open.at(-1)?.seq ?? 0,
    rows(isWanted) {
      const found = new Map<number, { patch: OpenPatch; at: number; version: number }>();
      for (const patch of open) {
        for (let at = 0; at < patch.nos.length; at++) {
          const no = patch.nos[at] ?? 0;
          if (!isWanted(no) || !counts(no, patch.seq)) continue;
          const version = patch.versions[at] ?? 0;
          if ((found.get(no)?.version ?? 0) <= version) found.set(no, { patch, at, version });
        }
      }
      return Array.from(found.values(), ({ patch, at }) => rowAt(tables[table], patch.packed, at));
    },
    pagesOf({ seq, nos }) {
      const pages = new Set<number>();
      for (let at = 0; at < nos.length; at++) if (counts(nos[at] ?? 0, seq)) pages.add(pageOf(nos[at] ?? 0));
      return [...pages];
    },
  };
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

const pageOf = (no: number): number => Math.floor(no / PAGE_ROWS);

export function noPatches(table: TableName): PatchState {
  return { table, patches: 0, rows: 0, merged: new Map() };
}
