import type { Page } from '@playwright/test';

/** No script of the page is told of a frame until what is given back is called, which waits for the next ones. */
export async function holdFrames(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(hold);
  return async () => {
    await page.evaluate(() => (globalThis as unknown as { drawFrames?(): void }).drawFrames?.());
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  };
}

function hold(): void {
  const { requestAnimationFrame: ask } = globalThis;
  const held: FrameRequestCallback[] = [];
  globalThis.requestAnimationFrame = (callback) => held.push(callback);
  Object.assign(globalThis, {
    drawFrames() {
      globalThis.requestAnimationFrame = ask;
      for (const callback of held.splice(0)) ask(callback);
    },
  });
}
