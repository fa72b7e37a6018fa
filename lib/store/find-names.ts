import { hashText } from '#lib/shared/hash-text.ts';
import type { BaseDatabase } from './base-database.ts';
import { readInfo, shardOf } from './name-entries.ts';
import type { NameEntries } from './types.ts';

export interface FoundName {
  name: string;
  no: number;
  flagged: boolean;
  times_seen: number;
}

/**
 * Which of these normalized names the base has, by row number, from a cold start without loading a
 * row: shards by name hash, then segments, oldest first. For one row number the newest entry counts.
 */
export async function findNames(base: BaseDatabase, names: readonly string[]): Promise<Map<number, FoundName>> {
  const wanted = createWanted(names);
  return base.transaction('r', base.shards, base.segments, async () => {
    const shards = await base.shards.bulkGet(wanted.shards);
    const segments = await base.segments.orderBy('seq').toArray();
    const found = new Map<number, FoundName>();
    for (const entries of [...shards, ...segments]) if (entries !== undefined) wanted.collect(entries, found);
    return found;
  });
}

function createWanted(names: readonly string[]): {
  shards: number[];
  collect(entries: NameEntries, found: Map<number, FoundName>): void;
} {
  const byHigh = new Map<number, { low: number; name: string }[]>();
  for (const name of new Set(names)) {
    const { high, low } = hashText(name);
    byHigh.set(high, [...(byHigh.get(high) ?? []), { low, name }]);
  }
  return {
    shards: [...new Set([...byHigh.keys()].map(shardOf))],
    collect({ high, low, no, info }, found) {
      for (let at = 0; at < no.length; at++) {
        const row = no[at] ?? 0;
        // A later entry of the same row number replaces the earlier one, also when its name is another.
        if (found.size > 0) found.delete(row);
        const match = byHigh.get(high[at] ?? 0)?.find((candidate) => candidate.low === low[at]);
        if (match === undefined) continue;
        const { gone, ...rest } = readInfo(info[at] ?? 0);
        if (!gone) found.set(row, { name: match.name, no: row, ...rest });
      }
    },
  };
}
