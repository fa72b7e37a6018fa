/*
 * When the last byte of a disk is gone, Chromium may drop every database of the extension, unsent changes
 * too. So edits and pulls are refused before it comes to that.
 * Tried in Chromium on a full file system; in Firefox it was not.
 */

/** What an edit and the database's own housekeeping may take; bytes. LevelDB writes out 4 MB at a time. */
const ROOM_FOR_EDITS = 6_000_000;
/** A row that an edit names, written to the log and to the table; bytes. */
const BYTES_PER_TARGET = 300;
/** 10,000 rows from the server are up to 6 MB, written twice until the database is compacted; bytes. */
const ROOM_FOR_PULLS = 32_000_000;

/**
 * Whether there is too little room for an edit; also what tells a storage error for want of room from one
 * for damage: Chromium then fails to open databases with an `UnknownError` in both cases.
 */
export async function isDiskFull(): Promise<boolean> {
  return (await roomLeft()) < ROOM_FOR_EDITS;
}

/** How many rows edits may name; below 1, there is no room for any. */
export async function roomForEdits(): Promise<number> {
  return ((await roomLeft()) - ROOM_FOR_EDITS) / BYTES_PER_TARGET;
}

/** Whether there is room to store what comes from the server, and to rewrite what is there. */
export async function hasRoomForPulls(): Promise<boolean> {
  return (await roomLeft()) >= ROOM_FOR_PULLS;
}

/** Bytes. */
async function roomLeft(): Promise<number> {
  // Missing where tests run without a browser.
  const storage = navigator.storage as StorageManager | undefined;
  // A browser that cannot tell keeps nobody from trying.
  const { quota = Infinity, usage = 0 } = (await storage?.estimate().catch(() => undefined)) ?? {};
  return quota - usage;
}
