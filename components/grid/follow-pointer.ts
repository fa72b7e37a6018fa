/** Follows a pressed pointer over the whole window until it is let go; `end` says whether it was, or was taken away. */
export function followPointer(move: (event: PointerEvent) => void, end: (letGo: boolean) => void): void {
  const stop = new AbortController();
  const finish = (letGo: boolean) => () => {
    stop.abort();
    end(letGo);
  };
  const { signal } = stop;
  addEventListener(
    'pointermove',
    // It may have been let go where nobody heard of it.
    (event: PointerEvent) => (event.buttons === 0 ? finish(false)() : move(event)),
    { signal },
  );
  addEventListener('pointerup', finish(true), { signal });
  addEventListener('pointercancel', finish(false), { signal });
}
