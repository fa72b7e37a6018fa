import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from 'vitest';

/** What axe finds wrong with a page as it is now must be nothing. `what` says which state it was in. */
export async function checkAxe(page: Page, what: string): Promise<void> {
  // Colours that are on their way to others are nobody's.
  await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    // A colour that children take over from their parents begins another transition in each of them.
    for (;;) {
      const running = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
      if (running.length === 0) return;
      await Promise.allSettled(running.map(({ finished }) => finished));
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  });
  // Without a further tab of its own, which would take the focus and close what is open.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes
      // An open menu stands above the page and belongs to no landmark.
      .filter(({ html }) => id !== 'region' || !html.includes('role="menu"'))
      .map(({ html, any }) => `${id}: ${html} ${any[0]?.message ?? ''}`),
  );
  expect(found, what).toEqual([]);
}

/** The same in the dark and in the light theme. */
export async function checkBothThemes(page: Page, what: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme });
    await checkAxe(page, `${what}, ${colorScheme}`);
  }
}
