import type { TableName } from '#lib/tables/index.ts';
import { tables } from '#lib/tables/index.ts';
import type { BaseDatabase } from './base-database.ts';
import { pageNumbers, readPages, readRows } from './base-reads.ts';
import { decodeRows } from './page-codec.ts';
import type { StoreReader } from './reader.ts';
import type { StoredRow } from './types.ts';

type TableReads = Pick<StoreReader, 'pageNumbers' | 'readPages' | 'readRows'>;

/** All live rows of a small table (runs), by number, newest first. For large ones use the query engine. */
export async function readTable(reader: TableReads, table: TableName): Promise<StoredRow[]> {
  // Rows first: compaction moves rows from level two into pages, so this order may see a row twice, never not at all.
  const changed = await reader.readRows(table);
  const pages = await reader.readPages(table, await reader.pageNumbers(table));
  const byNo = new Map(pages.flatMap(({ packed }) => decodeRows(tables[table], packed)).map((row) => [row.no, row]));
  for (const row of changed) if ((byNo.get(row.no)?.version ?? 0) <= row.version) byNo.set(row.no, row);
  return [...byNo.values()].filter((row) => row.deleted_at === null).toSorted((a, b) => b.no - a.no);
}

/** The same for the background, which has the base open. */
export function readTableOf(base: BaseDatabase, table: TableName): Promise<StoredRow[]> {
  const reads: TableReads = {
    pageNumbers: (name) => pageNumbers(base, name),
    readPages: (name, pages) => readPages(base, name, pages),
    readRows: (name) => readRows(base, name),
  };
  return readTable(reads, table);
}
