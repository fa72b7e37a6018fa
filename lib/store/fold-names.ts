import type { BaseDatabase } from './base-database.ts';
import { joinEntries, nameEntriesOf, pickEntries, readInfo, SHARDS, shardOf, splitEntries } from './name-entries.ts';
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
    const fresh = joinEntries(await base.segments.orderBy('seq').toArray());
    const newest = new Map<number, number>();
    fresh.no.forEach((no, at) => newest.set(no, at));
    const positions: number[][] = Array.from({ length: SHARDS }, () => []);
    for (const at of newest.values()) {
      if (!readInfo(fresh.info[at] ?? 0).gone) positions[shardOf(fresh.high[at] ?? 0)]?.push(at);
    }
    const old = new Map((await base.shards.toArray()).map((shard) => [shard.shard, shard]));
    await base.shards.bulkPut(foldedShards(old, fresh, positions, newest));
    await base.segments.clear();
  });
}

function foldedShards(
  old: ReadonlyMap<number, NameShard>,
  fresh: NameEntries,
  positions: readonly (readonly number[])[],
  newest: ReadonlyMap<number, number>,
): NameShard[] {
  const changed: NameShard[] = [];
  positions.forEach((added, shard) => {
    const before = old.get(shard);
    const kept =
      before === undefined ? [] : Array.from(before.no.keys()).filter((at) => !newest.has(before.no[at] ?? 0));
    if (added.length === 0 && kept.length === (before?.no.length ?? 0)) return;
    const parts = [pickEntries(fresh, added), ...(before === undefined ? [] : [pickEntries(before, kept)])];
    changed.push({ shard, ...joinEntries(parts) });
  });
  return changed;
}
