import { decodeRows } from '#lib/store/page-codec.ts';
import type { StoreReader } from '#lib/store/reader.ts';
import type { StoredRow } from '#lib/store/types.ts';
import { type CollectionRun, collectionRuns } from '#lib/tables/collection-runs.ts';

/** All runs of the local data, newest first. A table of some thousand rows at most. */
export async function readRuns(reader: StoreReader): Promise<CollectionRun[]> {
  const table = collectionRuns.name;
  const pages = await reader.readPages(table, await reader.pageNumbers(table));
  const byNo = new Map<number, StoredRow>();
  for (const { packed } of pages) for (const row of decodeRows(collectionRuns, packed)) byNo.set(row.no, row);
  for (const row of await reader.readRows(table)) byNo.set(row.no, row);
  // The store holds rows of the table's own columns: the codec and the pull have checked them.
  const runs = [...byNo.values()] as unknown as CollectionRun[];
  return runs.filter(({ deleted_at }) => deleted_at === null).sort((one, other) => other.no - one.no);
}
