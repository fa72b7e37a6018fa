import { browser } from 'wxt/browser';

/** A browser ends a worker 30 s after its last event or extension call, however busily it fetches. */
const CALL_EVERY_MS = 20_000;

/** Keeps the worker alive until the returned function is called. */
export function keepAlive(): () => void {
  const timer = setInterval(() => void browser.runtime.getPlatformInfo(), CALL_EVERY_MS);
  return () => clearInterval(timer);
}
