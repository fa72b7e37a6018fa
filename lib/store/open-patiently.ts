import type { Dexie } from 'dexie';
import { AppError } from '#lib/shared/app-error.ts';
import { toAppError } from '#lib/shared/to-app-error.ts';
import { isDiskFull } from './disk-full.ts';

/** An upgrade takes a moment; longer, and a page of the version before has the database open and does not let go. */
const PATIENCE_MS = 5000;

/**
 * Opens what exists nowhere else. Throws `storage_blocked` after 5 s, while the opening goes on: a later
 * call finds it open. Throws `storage_unreadable` when the browser cannot read it, `storage_full` when that is for want of room.
 */
export async function openPatiently(database: Dexie): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new AppError('storage_blocked')), PATIENCE_MS);
  });
  try {
    await Promise.race([database.open(), tooLong]);
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.code !== 'storage_broken') throw error;
    throw new AppError((await isDiskFull()) ? 'storage_full' : 'storage_unreadable', { cause: thrown });
  } finally {
    clearTimeout(timer);
  }
}
