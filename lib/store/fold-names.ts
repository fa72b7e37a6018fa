import type { BaseDatabase } from './base-database.ts';
import {
  emptyEntries,
  entriesByShard,
  joinEntries,
  nameEntriesOf,
  pickEntries,
  readInfo,
  splitEntries,
} from './name-entries.ts';
import { createNumberSet } from './number-set.ts';
import type { PulledRows } from './pulled-rows.ts';
import type { NameEntries, NameShard } from './types.ts';

/** A segment takes further names up to this many; a lookup reads all segments. */
const SEGMENT_NAMES = 2048;
const MOST_SEGMENTS = 16;
/** Of a large answer: 64 kB, above which Chromium makes a file of a record. */
const LARGEST_SEGMENT = 4000;

/** Notes the names of rows that a pull brought; part of the transaction that writes the rows. */
export async function noteNames(base: BaseDatabase, rows: PulledRows): Promise<void> {
  if (rows.count === 0) return;
  const entries = nameEntriesOf(rows);
  if (rows.count > SEGMENT_NAMES) {
    await base.segments.bulkAdd(splitEntries(entries, LARGEST_SEGMENT));
    return;
  }
  const last = await base.segments.orderBy('seq').last();
  if (last === undefined || last.no.length + rows.count > SEGMENT_NAMES) await base.segments.add(entries);
  else await base.segments.put({ ...joinEntries([last, entries]), seq: last.seq });
}

/** Folds the segments into the shards when there are more than `most`. It takes some 200 ms for a million names and stops lookups only. */
export async function foldNames(base: BaseDatabase, most = MOST_SEGMENTS): Promise<void> {
  if ((await base.segments.count()) <= most) return;
  await base.transaction('rw', base.segments, base.shards, async () => {
    const [segments, shards] = await Promise.all([base.segments.orderBy('seq').toArray(), base.shards.toArray()]);
    await Promise.all([base.shards.bulkPut(foldedShards(shards, joinEntries(segments))), base.segments.clear()]);
  });
}

/** The shards that change. Of one row number the last of the fresh entries counts. */
function foldedShards(shards: readonly NameShard[], fresh: NameEntries): NameShard[] {
  const renewed = createNumberSet();
  const newest: number[] = [];
  for (let at = fresh.no.length - 1; at >= 0; at--) {
    if (renewed.add(fresh.no[at] ?? 0) && !readInfo(fresh.info[at] ?? 0).gone) newest.push(at);
  }
  const added = entriesByShard(fresh, newest);
  const old = new Map(shards.map((shard) => [shard.shard, shard]));
  const changed: NameShard[] = [];
  added.forEach((entries, shard) => {
    const before = old.get(shard) ?? emptyEntries(0);
    const kept: number[] = [];
    for (let at = 0; at < before.no.length; at++) if (!renewed.has(before.no[at] ?? 0)) kept.push(at);
    if (entries.no.length === 0 && kept.length === before.no.length) return;
    changed.push({ shard, ...joinEntries([entries, pickEntries(before, kept)]) });
  });
  return changed;
}
