import type { StoreReader } from '#lib/store/reader.ts';
import { readTable } from '#lib/store/read-table.ts';
import { type CollectionRun, collectionRuns } from '#lib/tables/collection-runs.ts';

/** All runs of the local data, newest first. A table of some thousand rows at most. */
export async function readRuns(reader: StoreReader): Promise<CollectionRun[]> {
  // The store holds rows of the table's own columns: the codec and the pull have checked them.
  return (await readTable(reader, collectionRuns.name)) as unknown as CollectionRun[];
}
