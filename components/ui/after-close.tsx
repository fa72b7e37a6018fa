import type { RefObject } from 'react';
import { useLayoutEffect } from 'react';

interface AfterCloseProps {
  readonly open: boolean;
  readonly chosen: RefObject<(() => void) | null>;
}

/**
 * Within a popup: runs what was chosen as soon as it closes, with the focus back where it was. A popup that fades out
 * would keep the focus, and with it the keys that are pressed meanwhile.
 */
export function AfterClose({ open, chosen }: AfterCloseProps) {
  useLayoutEffect(() => {
    if (!open) return;
    // A second click may have chosen again while it closed.
    queueMicrotask(() => (chosen.current = null));
    const before = document.activeElement;
    return () => {
      // While React changes elements it tells nobody that the focus moves.
      queueMicrotask(() => {
        const run = chosen.current;
        chosen.current = null;
        if (run === null) return;
        const isInside = document.activeElement?.closest('[data-closed]') != null;
        if (isInside && before instanceof HTMLElement) before.focus({ preventScroll: true });
        run();
      });
    };
  }, [open, chosen]);
  return null;
}
