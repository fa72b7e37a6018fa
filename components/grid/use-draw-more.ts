import { useLayoutEffect, useReducer } from 'react';

/** Draws again, in a task of its own, as long as something is left to be drawn. */
export function useDrawMore(isLeft: boolean): void {
  const [times, drawAgain] = useReducer((before: number) => before + 1, 0);
  useLayoutEffect(() => {
    if (!isLeft) return;
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', drawAgain);
    port1.start();
    port2.postMessage(null);
    return () => port1.close();
  }, [isLeft, times]);
}
