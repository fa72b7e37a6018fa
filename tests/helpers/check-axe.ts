import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from 'vitest';

/** What axe finds wrong with a page as it is now must be nothing. `what` says which state it was in. */
export async function checkAxe(page: Page, what: string): Promise<void> {
  expect(await axeProblems(page), what).toEqual([]);
}

/** Rows that are like the one before them: axe is slow with many. */
const LIKE_OTHERS = '[role=grid] [data-index] ~ [data-index]';

interface Part {
  /** A selector; all of the page if not given. */
  readonly within?: string | undefined;
  readonly withoutRules?: string[] | undefined;
}

/** What axe finds wrong with a page as it is now, or with a part of it, once nothing moves any more; of rows in the first. */
export async function axeProblems(page: Page, { within, withoutRules }: Part = {}): Promise<string[]> {
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
  // It is 600 kB, and there once it was brought.
  const isThere = await page.evaluate(() => 'axe' in globalThis);
  // Without a further tab of its own, which would take the focus and close what is open.
  const axe = new AxeBuilder(isThere ? { page, axeSource: ';' } : { page })
    .setLegacyMode()
    // Of what is right it tells one example alone.
    .options({ resultTypes: ['violations'] })
    .disableRules(withoutRules ?? [])
    .exclude(LIKE_OTHERS);
  if (within !== undefined) axe.include(within);
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes
      // An open menu stands above the page and belongs to no landmark.
      .filter(({ html }) => id !== 'region' || !html.includes('role="menu"'))
      .map(({ html, any }) => `${id}: ${html} ${any[0]?.message ?? ''}`),
  );
}
