import type { TableName } from '#lib/tables/index.ts';
import type { BaseDatabase } from './base-database.ts';

/** Changes that readers can still ask for; whoever is further behind loads anew. */
const KEPT_CHANGES = 1000;
/** Sequences of different generations must not be mixed up: each has its own range. */
const GENERATION_SPAN = 2 ** 32;

/** Sequence of the newest change of this base, in the form that readers keep. */
export async function newestChange(base: BaseDatabase): Promise<number> {
  const last = await base.changes.orderBy('seq').lastKey();
  return base.generation * GENERATION_SPAN + Number(last ?? 0);
}

export async function changesAfter(
  base: BaseDatabase,
  table: TableName,
  since: number,
): Promise<{ seq: number; pages: number[]; nos: number[] } | 'reload'> {
  const start = since - base.generation * GENERATION_SPAN;
  if (start < 0 || start >= GENERATION_SPAN) return 'reload';
  return base.transaction('r', base.changes, async () => {
    const first = await base.changes.orderBy('seq').first();
    if (first !== undefined && first.seq > start + 1) return 'reload' as const;
    const records = await base.changes.where('seq').above(start).toArray();
    const ours = records.filter((record) => record.table === table);
    return {
      seq: base.generation * GENERATION_SPAN + (records.at(-1)?.seq ?? start),
      pages: [...new Set(ours.flatMap((record) => record.pages))],
      nos: [...new Set(ours.flatMap((record) => record.nos))],
    };
  });
}

/** Part of the transaction that writes the rows. */
export async function logChange(base: BaseDatabase, table: TableName, pages: number[], nos: number[]): Promise<void> {
  if (pages.length === 0 && nos.length === 0) return;
  const seq = await base.changes.add({ table, pages, nos });
  if (seq % 100 === 0)
    await base.changes
      .where('seq')
      .below(seq - KEPT_CHANGES)
      .delete();
}
