import { bumpRevision, type Notice, readMeta, writeMeta } from './own-database.ts';
import type { OwnDatabase } from './own-database.ts';

// A loss stays said until a person has seen it, whatever is rebuilt meanwhile.
export async function writeNotice(own: OwnDatabase, notice: Notice): Promise<void> {
  await own.transaction('rw', own.meta, async () => {
    if ((await readMeta(own, 'notice')) === 'lost') return;
    await writeMeta(own, 'notice', notice);
    await bumpRevision(own);
  });
}

/** Forgets this notice, and no other. */
export async function clearNotice(own: OwnDatabase, notice: Notice): Promise<void> {
  await own.transaction('rw', own.meta, async () => {
    if ((await readMeta(own, 'notice')) !== notice) return;
    await own.meta.delete('notice');
    await bumpRevision(own);
  });
}
