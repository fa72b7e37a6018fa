import type { Page } from '@playwright/test';

/** Fills in Settings → Server in the manager page and waits until it is connected. */
export async function connectExtension(
  manager: Page,
  account: { url: string; email: string; password: string },
): Promise<void> {
  await manager.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Settings' }).click();
  await manager.getByRole('textbox', { name: 'Server address' }).fill(account.url);
  await manager.getByRole('textbox', { name: 'Email' }).fill(account.email);
  await manager.getByRole('textbox', { name: 'Password' }).fill(account.password);
  await manager.getByRole('button', { name: 'Connect', exact: true }).click();
  await manager.getByRole('button', { name: 'Disconnect' }).waitFor();
}
