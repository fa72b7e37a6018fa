import type { TableName } from '#lib/tables/index.ts';
import type { OwnDatabase } from './own-database.ts';
import { readMeta } from './own-database.ts';
import type { OutboxEntry } from './types.ts';

interface KnownEntries {
  readonly revision: number;
  readonly rewritten: number | undefined;
  /** Of all tables, the last that was read. */
  readonly lastSeq: number;
  /** Kept while somebody else keeps it too: with changes of a million rows it is large, and read for seconds. */
  readonly entries: WeakRef<readonly OutboxEntry[]>;
}

/**
 * Reads the outbox: the same list again while nothing has changed, and behind what was read before only what has been
 * added since. A change of all rows is added in hundreds of steps, with a reader behind each.
 */
export function createOutboxReads(own: OwnDatabase): (table: TableName) => Promise<readonly OutboxEntry[]> {
  const known = new Map<TableName, KnownEntries>();

  return async (table) => {
    // Not in one transaction with the entries, which whoever writes anything of `meta` would wait for. Entries that are
    // newer than their number are looked for once more the next time.
    const [revision, rewritten] = await Promise.all([
      readMeta(own, 'outbox_revision'),
      readMeta(own, 'outbox_rewritten'),
    ]);
    const before = known.get(table);
    const kept = before?.entries.deref();
    if (kept !== undefined && before?.revision === (revision ?? 0)) return kept;
    // Without a word about it, as in a store that was deleted, anything may have been.
    const isMore = kept !== undefined && rewritten !== undefined && before?.rewritten === rewritten;
    const lastSeq = isMore ? (before?.lastSeq ?? -Infinity) : -Infinity;
    const read = await own.outbox.where('seq').above(lastSeq).sortBy('seq');
    const more = read.filter((entry) => entry.table === table);
    const entries = isMore ? (more.length === 0 ? kept : [...kept, ...more]) : more;
    known.set(table, {
      revision: revision ?? 0,
      rewritten,
      lastSeq: read.at(-1)?.seq ?? lastSeq,
      entries: new WeakRef(entries),
    });
    return entries;
  };
}
