import { confirmedNumbers, latestEdit, withNumbers } from './outbox.ts';
import type { OwnDatabase } from './own-database.ts';
import { bumpOutbox, readMeta } from './own-database.ts';
import type { AttentionEntry, OutboxEntry } from './types.ts';

/** What becomes of refused mutations. `retry`: they wait again, behind all others, as they are or with other data. */
export type Resolution = { action: 'discard' } | { action: 'retry'; data?: Record<string, unknown> };

/** Resolves those of the refused mutations that are still there. `now` in epoch milliseconds. */
export async function resolveAttention(
  own: OwnDatabase,
  ids: readonly string[],
  resolution: Resolution,
  { now, newId }: { now: number; newId: () => string },
): Promise<void> {
  await own.transaction('rw', [own.attention, own.outbox, own.aliases, own.done, own.meta], async () => {
    const entries = (await own.attention.bulkGet([...ids])).filter((entry) => entry !== undefined);
    if (entries.length === 0) return;
    await own.attention.bulkDelete(entries.map(({ id }) => id));
    await own.done.bulkPut(entries.map(({ id }) => ({ id, at: now })));
    if (resolution.action === 'retry') {
      // The person decides now: so that is when the edit was made.
      const edited_at = Math.max(now, await latestEdit(own));
      const seen_at = (await readMeta(own, 'server_time')) ?? null;
      const { data } = resolution;
      const noById = await confirmedNumbers(
        own,
        entries.flatMap(({ targets }) => targets),
      );
      const again = entries
        .toSorted((a, b) => a.seq - b.seq)
        .map((entry) => ({ ...entry, targets: withNumbers(entry.targets, noById) }))
        .map((entry) => waiting({ ...entry, data: data ?? entry.data, edited_at, seen_at }, newId()));
      await own.outbox.bulkAdd(again);
    }
    await bumpOutbox(own);
  });
}

// A new id: what was sent under the old one had other contents.
function waiting(entry: AttentionEntry, id: string): Omit<OutboxEntry, 'seq'> {
  const { error: _error, refused_at: _at, seq: _seq, ...kept } = entry;
  // Entries of release 0.1 do not know their size yet.
  return { ...kept, id, size: kept.targets.length, state: 'waiting', acknowledged: null };
}
