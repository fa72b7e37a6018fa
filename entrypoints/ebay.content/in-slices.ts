/** Longest stretch on the page's thread; a frame has 16 ms, most of which is eBay's. */
const SLICE_MS = 6;

/** Does `step` with each item, giving the thread back between slices; stops when `signal` says so. */
export async function inSlices<T>(items: Iterable<T>, step: (item: T) => void, signal: AbortSignal): Promise<void> {
  let sliceEnds = performance.now() + SLICE_MS;
  for (const item of items) {
    if (performance.now() >= sliceEnds) {
      await new Promise((resolve) => setTimeout(resolve));
      sliceEnds = performance.now() + SLICE_MS;
    }
    if (signal.aborted) return;
    step(item);
  }
}
