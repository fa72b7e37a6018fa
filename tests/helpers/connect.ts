import type { Page } from '@playwright/test';
import { connectExtension } from '#scripts/connect-extension.ts';

/** Connects the extension to the server as a person does, and waits until the first sync is through. */
export async function connect(manager: Page, server: { url: string; email: string; password: string }): Promise<void> {
  await connectExtension(manager, server);
  await waitForSynced(manager);
}

/** Waits until the status line says that everything is synced. */
export async function waitForSynced(page: Page, timeout = 60_000): Promise<void> {
  await page
    .getByRole('status', { name: 'Sync' })
    .filter({ hasText: /^Synced/ })
    .waitFor({ timeout });
}
