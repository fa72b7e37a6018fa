import type { Page } from '@playwright/test';

/** Starts a run over these categories in the manager's dialog. */
export async function startRun(manager: Page, categories: readonly string[]): Promise<void> {
  await manager.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Runs' }).click();
  await manager.getByRole('button', { name: 'Collect sellers' }).first().click();
  const dialog = manager.getByRole('dialog', { name: 'Collect sellers' });
  for (const category of categories) {
    await dialog.getByRole('searchbox', { name: 'Search categories' }).fill(category);
    await dialog.getByRole('checkbox', { name: category, exact: true }).click();
  }
  await dialog.getByText(`${categories.length} selected`).waitFor();
  await dialog.getByRole('button', { name: 'Start' }).click();
  await dialog.waitFor({ state: 'hidden' });
}
