import type { Page } from '@playwright/test';
import type { PackedPage, PackedRows } from '#lib/store/page-codec.ts';
import { decodeRows, numbersOf, rowsAt } from '#lib/store/page-codec.ts';
import type { StoredRow } from '#lib/store/types.ts';
import { PAGE_ROWS } from '#lib/store/types.ts';
import type { TableName } from '#lib/tables/index.ts';
import { tables } from '#lib/tables/index.ts';

const arrays = { Uint8Array, Uint16Array, Uint32Array, Int32Array, Float64Array };

interface RawBase {
  /** Packed pages as JSON, their arrays as `{"array":…,"base64":…}`. */
  readonly pages: string[];
  /** Patches in the same form, oldest first. */
  readonly patches: { seq: number; packed: string }[];
  /** The newest patch that each page has taken in. */
  readonly merged: [page: number, seq: number][];
}

/** Every live row of the client's base, read past all of the program's own readers but its codec; by `no`. */
export async function clientRows(extensionPage: Page, table: TableName): Promise<Map<number, StoredRow>> {
  const raw = await extensionPage.evaluate(readBase, table);
  const rows = new Map<number, StoredRow>();
  for (const page of raw.pages) {
    for (const row of decodeRows(tables[table], JSON.parse(page, revive) as PackedPage)) rows.set(row.no, row);
  }
  const merged = new Map(raw.merged);
  const patched = new Map<number, StoredRow>();
  for (const { seq, packed } of raw.patches) {
    const patch = JSON.parse(packed, revive) as PackedRows;
    for (const row of rowsAt(tables[table], patch, [...numbersOf(tables[table], patch).nos.keys()])) {
      const counts = (merged.get(Math.floor(row.no / PAGE_ROWS)) ?? 0) < seq;
      if (counts && (patched.get(row.no)?.version ?? 0) <= row.version) patched.set(row.no, row);
    }
  }
  for (const row of patched.values()) {
    if (row.deleted_at === null) rows.set(row.no, row);
    else rows.delete(row.no);
  }
  return rows;
}

function revive(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('array' in value) || !('base64' in value)) return value;
  const bytes = Uint8Array.from(Buffer.from(String(value.base64), 'base64'));
  return new arrays[value.array as keyof typeof arrays](bytes.buffer);
}

async function readBase(table: string): Promise<RawBase> {
  const done = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('the database did not answer'));
    });
  const names = (await indexedDB.databases()).flatMap(({ name }) =>
    name?.startsWith('sellerdex-base-') ? [name] : [],
  );
  if (names.length !== 1 || names[0] === undefined) throw new Error(`expected one base, found ${names.join(', ')}`);
  const database = await done(indexedDB.open(names[0]));
  const read = database.transaction(['pages', 'patches', 'patchStates']);
  const pages = await done(read.objectStore('pages').getAll() as IDBRequest<{ table: string; packed: unknown }[]>);
  const patches = await done(
    read.objectStore('patches').getAll() as IDBRequest<{ table: string; seq: number; packed: unknown }[]>,
  );
  const states = await done(
    read.objectStore('patchStates').getAll() as IDBRequest<{ table: string; merged: Map<number, number> }[]>,
  );
  database.close();
  const pack = (_key: string, value: unknown) => {
    if (!ArrayBuffer.isView(value)) return value;
    let binary = '';
    for (const byte of new Uint8Array(value.buffer, value.byteOffset, value.byteLength))
      binary += String.fromCharCode(byte);
    return { array: value.constructor.name, base64: btoa(binary) };
  };
  return {
    pages: pages.filter((page) => page.table === table).map((page) => JSON.stringify(page.packed, pack)),
    patches: patches
      .filter((patch) => patch.table === table)
      .map(({ seq, packed }) => ({ seq, packed: JSON.stringify(packed, pack) })),
    merged: states.filter((state) => state.table === table).flatMap(({ merged }) => [...merged]),
  };
}
