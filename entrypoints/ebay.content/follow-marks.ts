import { browser } from 'wxt/browser';
import { MARKS_REVISION_KEY } from '#lib/messaging/marks-revision.ts';

/** A sync writes often; its marks are asked for this much later, once. */
const GATHER_MS = 150;

/** Calls back after marks may have changed elsewhere: soon when the tab is visible, else when it becomes so. */
export function followMarks(refresh: () => void, signal: AbortSignal): void {
  let isStale = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const follow = (): void => {
    if (!isStale || document.hidden) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      isStale = false;
      refresh();
    }, GATHER_MS);
  };
  const onChanged = (changes: Record<string, unknown>): void => {
    if (!(MARKS_REVISION_KEY in changes)) return;
    isStale = true;
    follow();
  };
  browser.storage.local.onChanged.addListener(onChanged);
  document.addEventListener('visibilitychange', follow, { signal });
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    browser.storage?.local.onChanged.removeListener(onChanged);
  });
}
