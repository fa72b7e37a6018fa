import { chunk } from '#lib/shared/chunk.ts';
import type { TableName } from '#lib/tables/index.ts';
import { tables } from '#lib/tables/index.ts';
import { decodeColumn, decodeRows } from './page-codec.ts';
import type { StoreReader } from './reader.ts';
import type { StoredRow } from './types.ts';

type TableReads = Pick<StoreReader, 'pageNumbers' | 'readPages' | 'readRows'>;

/** Pages read at once; some hundred kilobytes each, and the page goes on in between. */
const PAGES = 4;

export interface Scan {
  table: TableName;
  /** The one column that decides. */
  column: string;
  wanted: ReadonlySet<unknown>;
  /** Leaves out rows of this value, before they are counted. */
  except?: { readonly column: string; readonly value: unknown } | undefined;
  /** When so many rows were found, no further page is read. */
  most: number;
  signal: AbortSignal;
}

/**
 * Rows of a table whose `column` is one of `wanted`, newest first, deleted ones that are still known included.
 * Of a packed page only that column is unpacked, and the rows that match.
 */
export async function scanTable(reader: TableReads, scan: Scan): Promise<StoredRow[]> {
  const { table, column, wanted, except, most, signal } = scan;
  const isWanted = (row: StoredRow): boolean => except === undefined || row[except.column] !== except.value;
  // Rows first: compaction moves rows from level two into pages, so this order may see a row twice, never not at all.
  const changed = new Map((await reader.readRows(table)).map((row) => [row.no, row]));
  const found = [...changed.values()].filter((row) => wanted.has(row[column]) && isWanted(row));
  for (const numbers of chunk(await reader.pageNumbers(table), PAGES)) {
    signal.throwIfAborted();
    if (found.length >= most) break;
    for (const { packed } of await reader.readPages(table, numbers)) {
      const values = decodeColumn(tables[table], packed, column);
      const offsets = [...packed.offsets].filter((_, at) => wanted.has(values[at]));
      if (offsets.length === 0) continue;
      found.push(...decodeRows(tables[table], packed, offsets).filter((row) => !changed.has(row.no) && isWanted(row)));
    }
  }
  return found.toSorted((one, other) => other.no - one.no).slice(0, most);
}
