import { useEffect, useReducer } from 'react';

/** Draws again, in a task of its own, as long as something is left to be drawn. */
export function useDrawMore(isLeft: boolean): void {
  const [times, drawAgain] = useReducer((before: number) => before + 1, 0);
  useEffect(() => {
    if (!isLeft) return;
    const timer = setTimeout(drawAgain);
    return () => clearTimeout(timer);
  }, [isLeft, times]);
}
