import { decodeRows } from '#lib/store/page-codec.ts';
import type { StoreReader } from '#lib/store/reader.ts';
import { collectionRuns } from '#lib/tables/collection-runs.ts';

/** Id of the run with the highest number in the local store, or null when there is none. */
export async function readNewestRun(reader: StoreReader): Promise<string | null> {
  const newest = new Map<number, { id: string; alive: boolean; version: number }>();
  // Pages after rows: compaction moves rows into pages, so this order may see one twice, never not at all.
  const [changed, [highestPage]] = await Promise.all([
    reader.readRows('collection-runs'),
    reader.pageNumbers('collection-runs'),
  ]);
  const pages = highestPage === undefined ? [] : await reader.readPages('collection-runs', [highestPage]);
  const packed = pages.flatMap((page) => decodeRows(collectionRuns, page.packed));
  for (const { no, id, version, deleted_at } of [...packed, ...changed]) {
    if ((newest.get(no)?.version ?? -1) <= version) newest.set(no, { id, alive: deleted_at === null, version });
  }
  let highest = -1;
  for (const [no, { alive }] of newest) if (alive && no > highest) highest = no;
  return newest.get(highest)?.id ?? null;
}
