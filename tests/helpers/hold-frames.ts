import type { Page } from '@playwright/test';

/** No script of the page is told of a frame until what is given back is called, which waits for the next ones. */
export async function holdFrames(page: Page): Promise<() => Promise<void>> {
  const frames = await page.evaluateHandle(hold);
  return async () => {
    await frames.evaluate(({ draw }) => draw());
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  };
}

function hold(): { draw(): void } {
  const { requestAnimationFrame: ask } = globalThis;
  const held: FrameRequestCallback[] = [];
  globalThis.requestAnimationFrame = (callback) => held.push(callback);
  return {
    draw() {
      globalThis.requestAnimationFrame = ask;
      for (const callback of held.splice(0)) ask(callback);
    },
  };
}
