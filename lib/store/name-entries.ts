import { hashText } from '#lib/shared/hash-text.ts';
import type { PulledRows } from './pulled-rows.ts';
import type { NameEntries } from './types.ts';

const SHARDS = 1024;

const flaggedBit = 1;
const goneBit = 2;
const timesShift = 2;
const mostTimes = 2 ** 29;

/** What the overlay wants to know of each of these rows. */
export function nameEntriesOf({ columns, count }: Pick<PulledRows, 'columns' | 'count'>): NameEntries {
  const entries = emptyEntries(count);
  const { normalized_name: names, no, times_seen: times, deleted_at: deleted, flagged } = columns;
  for (let at = 0; at < count; at++) {
    const { high, low } = hashText(String(names?.[at]));
    entries.high[at] = high;
    entries.low[at] = low;
    entries.no[at] = Number(no?.[at]);
    entries.info[at] =
      (Math.min(Number(times?.[at]), mostTimes) << timesShift) |
      (deleted?.[at] === null ? 0 : goneBit) |
      (flagged?.[at] === true ? flaggedBit : 0);
  }
  return entries;
}

export function emptyEntries(length: number): NameEntries {
  return {
    high: new Uint32Array(length),
    low: new Uint32Array(length),
    no: new Uint32Array(length),
    info: new Uint32Array(length),
  };
}

export function joinEntries(parts: readonly NameEntries[]): NameEntries {
  const joined = emptyEntries(parts.reduce((sum, part) => sum + part.no.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.high.set(part.high, at);
    joined.low.set(part.low, at);
    joined.no.set(part.no, at);
    joined.info.set(part.info, at);
    at += part.no.length;
  }
  return joined;
}

/** The same in parts of at most `size`. */
export function splitEntries({ high, low, no, info }: NameEntries, size: number): NameEntries[] {
  return Array.from({ length: Math.ceil(no.length / size) }, (_, part) => {
    // Copies: a view would be stored with all that it is a part of.
    const some = (values: Uint32Array): Uint32Array => values.slice(part * size, (part + 1) * size);
    return { high: some(high), low: some(low), no: some(no), info: some(info) };
  });
}

/** The entries at these positions. */
export function pickEntries(entries: NameEntries, positions: readonly number[]): NameEntries {
  const picked = emptyEntries(positions.length);
  for (let at = 0; at < positions.length; at++) copyEntry(entries, positions[at] ?? 0, picked, at);
  return picked;
}

/** The entries at these positions, for each shard its own. */
export function entriesByShard(entries: NameEntries, positions: readonly number[]): NameEntries[] {
  const counts = new Uint32Array(SHARDS);
  for (const at of positions) {
    const shard = shardOf(entries.high[at] ?? 0);
    counts[shard] = (counts[shard] ?? 0) + 1;
  }
  const shards = Array.from(counts, emptyEntries);
  for (const at of positions) {
    const shard = shardOf(entries.high[at] ?? 0);
    const left = (counts[shard] ?? 0) - 1;
    counts[shard] = left;
    const into = shards[shard];
    if (into !== undefined) copyEntry(entries, at, into, left);
  }
  return shards;
}

function copyEntry(from: NameEntries, at: number, into: NameEntries, place: number): void {
  into.high[place] = from.high[at] ?? 0;
  into.low[place] = from.low[at] ?? 0;
  into.no[place] = from.no[at] ?? 0;
  into.info[place] = from.info[at] ?? 0;
}

export function shardOf(high: number): number {
  return high >>> 22;
}

export function readInfo(info: number): { flagged: boolean; gone: boolean; times_seen: number } {
  return { flagged: (info & flaggedBit) !== 0, gone: (info & goneBit) !== 0, times_seen: info >>> timesShift };
}
