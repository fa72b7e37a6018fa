import type { Locator } from '@playwright/test';
import { waitUntil } from './wait-until.ts';

/** Waits until the focus is on the element or in it. */
export async function waitForFocus(element: Locator): Promise<void> {
  await element.waitFor();
  await waitUntil('the focus', () => element.evaluate((one) => one.contains(document.activeElement)));
}
