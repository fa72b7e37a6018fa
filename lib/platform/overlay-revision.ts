import { browser } from 'wxt/browser';
import { MARKS_REVISION_KEY } from '#lib/messaging/marks-revision.ts';

/** A long sync writes often; each overlay looks its names up again after every revision. */
const APART_MS = 200;

/** Tells the overlays, soon and not too often, that a mark may have changed. */
export function createOverlayRevision(): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  return () => {
    timer ??= setTimeout(() => {
      timer = null;
      void browser.storage.local.set({ [MARKS_REVISION_KEY]: Date.now() });
    }, APART_MS);
  };
}
