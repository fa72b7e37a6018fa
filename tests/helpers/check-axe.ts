import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from 'vitest';

/** What axe finds wrong with a page as it is now must be nothing. `what` says which state it was in. */
export async function checkAxe(page: Page, what: string): Promise<void> {
  // Without a further tab of its own, which would take the focus and close what is open.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${html} ${any[0]?.message ?? ''}`),
  );
  expect(found, what).toEqual([]);
}
