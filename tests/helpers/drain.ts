import type { Page } from '@playwright/test';
import { waitForSynced } from './connect.ts';
import { ownEntries } from './own-entries.ts';
import { waitUntil } from './wait-until.ts';

/** A tap on Sync now, and then until nothing waits any more and the status line says Synced. */
export async function drain(manager: Page, within = 60_000): Promise<void> {
  await manager.getByRole('button', { name: 'Sync now' }).click({ timeout: within });
  await waitUntil('an empty outbox', async () => (await ownEntries(manager)).outbox.length === 0, within);
  await waitForSynced(manager, within);
}
