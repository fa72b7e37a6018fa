/** With less room than this the browser cannot be expected to store anything; bytes. */
const NO_ROOM = 1_000_000;

/**
 * Whether a storage error means a full disk. Chromium then closes every database of the extension and fails
 * to open them again with an `UnknownError`, as it does for damaged ones: only the room that is left tells.
 */
export async function isDiskFull(): Promise<boolean> {
  // Missing where tests run without a browser.
  const storage = navigator.storage as StorageManager | undefined;
  const { quota = Infinity, usage = 0 } = (await storage?.estimate()) ?? {};
  return quota - usage < NO_ROOM;
}
