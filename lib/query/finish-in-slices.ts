/** How long the worker computes before it looks at its messages again. */
const SLICE_MS = 12;

/**
 * Runs the steps to their end, letting messages through in between. False when they were given up because
 * `isWanted` said so.
 */
export async function finishInSlices(
  steps: Generator<void, unknown>,
  isWanted: () => boolean,
  sliceMs = SLICE_MS,
): Promise<boolean> {
  let from = performance.now();
  while (steps.next().done !== true) {
    if (performance.now() - from < sliceMs) continue;
    await letThrough();
    from = performance.now();
    if (isWanted()) continue;
    steps.return(undefined);
    return false;
  }
  return true;
}

/** A message to oneself comes after those that wait; a timer would be held back by 4 ms. */
function letThrough(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.addEventListener('message', () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(null);
  });
}
