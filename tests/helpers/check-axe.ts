import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from 'vitest';

/** An open menu stands above the page and belongs to no landmark. */
const region = { enabled: true, selector: 'body :not([role=menu], [role=menu] *)' };

/** What axe finds wrong with a page as it is now must be nothing. `what` says which state it was in. */
export async function checkAxe(page: Page, what: string): Promise<void> {
  // Colours that are on their way to others are nobody's.
  await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
  });
  // Without a further tab of its own, which would take the focus and close what is open.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().options({ rules: { region } }).analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${html} ${any[0]?.message ?? ''}`),
  );
  expect(found, what).toEqual([]);
}
