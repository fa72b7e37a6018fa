import type { OwnDatabase } from './own-database.ts';
import { bumpRevision } from './own-database.ts';

/** `retry`: refused mutations wait again, behind all others; `discard`: they are dropped. */
export async function resolveAttention(
  own: OwnDatabase,
  ids: readonly string[],
  action: 'retry' | 'discard',
  newId: () => string,
): Promise<void> {
  await own.transaction('rw', [own.attention, own.outbox, own.meta], async () => {
    const entries = (await own.attention.bulkGet([...ids])).filter((entry) => entry !== undefined);
    await own.attention.bulkDelete(entries.map(({ id }) => id));
    if (action === 'retry') {
      const again = entries
        .toSorted((a, b) => a.seq - b.seq)
        .map(({ error: _error, refused_at: _at, seq: _seq, ...kept }) => ({
          ...kept,
          // A new id: the server answers the old one with the result that it has recorded.
          id: newId(),
          state: 'waiting' as const,
          acknowledged: null,
        }));
      await own.outbox.bulkAdd(again);
    }
    if (entries.length > 0) await bumpRevision(own);
  });
}
