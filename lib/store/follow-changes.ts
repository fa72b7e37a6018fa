import { openChangeSignal } from './change-signal.ts';
import type { OwnDatabase } from './own-database.ts';
import { readMeta } from './own-database.ts';

/** How long a lost broadcast goes unnoticed. */
const LOOK_EVERY_MS = 2000;

type Change = { base: boolean; outbox: boolean };
type Listener = (what: Change) => void;

export interface ChangeFollower {
  tell(what: Change): void;
  /** `baseSeq` tells where the base is, to notice writes that nobody announced. */
  listen(listener: Listener, baseSeq: () => Promise<number>): () => void;
  close(): void;
}

/** Follows writes by broadcast, and by looking every 2 s while anybody listens. `onPointer` before anybody is told. */
export function followChanges(storeKey: string, own: OwnDatabase, onPointer: () => void): ChangeFollower {
  const listeners = new Set<Listener>();
  const signal = openChangeSignal(storeKey);
  let timer: ReturnType<typeof setInterval> | undefined;
  let seen: { base: number; own: number } | null = null;

  function tell(what: Change): void {
    for (const listener of listeners) listener(what);
  }

  async function look(baseSeq: () => Promise<number>): Promise<void> {
    onPointer();
    const now = { base: await baseSeq(), own: (await readMeta(own, 'revision')) ?? 0 };
    const before = seen;
    seen = now;
    if (before === null) return;
    const what = { base: now.base !== before.base, outbox: now.own !== before.own };
    if (what.base || what.outbox) tell(what);
  }

  signal.receive((what) => {
    if (what.pointer) onPointer();
    tell({ base: what.base || what.pointer, outbox: what.outbox });
  });

  return {
    tell,
    listen(listener, baseSeq) {
      listeners.add(listener);
      // A failed look is made up for by the next one; reads report their own errors.
      const lookQuietly = (): void => void look(baseSeq).catch(() => undefined);
      if (timer === undefined) {
        timer = setInterval(lookQuietly, LOOK_EVERY_MS);
        lookQuietly();
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
    close() {
      clearInterval(timer);
      listeners.clear();
      signal.close();
    },
  };
}
