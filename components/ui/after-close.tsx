import type { RefObject } from 'react';
import { useEffect } from 'react';

/**
 * Within a popup: runs what was chosen once the popup is gone and the focus is back where it was. The popup gives
 * it back in a microtask after it is taken away, later than it says to be closed.
 */
export function AfterClose({ chosen }: { chosen: RefObject<(() => void) | null> }) {
  useEffect(
    () => () => {
      setTimeout(() => {
        const run = chosen.current;
        chosen.current = null;
        run?.();
      });
    },
    [chosen],
  );
  return null;
}
