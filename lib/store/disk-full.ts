import { AppError } from '#lib/shared/app-error.ts';

/*
 * When the last byte of a disk is gone, Chromium may drop every database of the extension, unsent changes
 * too. So nothing is written any more before it comes to that.
 */

/** What an edit and the database's own housekeeping may take; bytes. LevelDB writes out 4 MB at a time. */
const ROOM_FOR_EDITS = 6_000_000;
/** 10,000 rows from the server are up to 6 MB, written twice until the database is compacted; bytes. */
const ROOM_FOR_PULLS = 32_000_000;

/**
 * Whether there is too little room for an edit; also what tells a storage error for want of room from one
 * for damage: Chromium then fails to open databases with an `UnknownError` in both cases.
 */
export async function isDiskFull(): Promise<boolean> {
  return (await roomLeft()) < ROOM_FOR_EDITS;
}

/** Throws `storage_full` when there is too little room to store what a person changes, or to `pull`. */
export async function checkRoom(to: 'edit' | 'pull'): Promise<void> {
  const wanted = to === 'edit' ? ROOM_FOR_EDITS : ROOM_FOR_PULLS;
  if ((await roomLeft()) < wanted) throw new AppError('storage_full');
}

/** Bytes. */
async function roomLeft(): Promise<number> {
  // Missing where tests run without a browser.
  const storage = navigator.storage as StorageManager | undefined;
  const { quota = Infinity, usage = 0 } = (await storage?.estimate()) ?? {};
  return quota - usage;
}
