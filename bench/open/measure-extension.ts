import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { extensionMemoryMb } from '#tests/helpers/extension-memory.ts';
import { connectByMessage } from '#tests/helpers/connect-by-message.ts';
import { sellersGrid } from '#tests/helpers/sellers-grid.ts';
import { startExtension } from '#tests/helpers/start-extension.ts';
import type { TestServer } from '#tests/helpers/start-server.ts';
import { waitUntil } from '#tests/helpers/wait-until.ts';
import { type Flagged, flagThousand } from './flag-thousand.ts';
import { gridTimes, watchGrid } from '../shared/watch-grid.ts';

export interface Opened {
  /** Milliseconds from navigation. */
  readonly first: number;
  readonly ready: number;
  readonly memoryMb: number | null;
  /** Milliseconds for 1,000 rows flagged, with the background awake and stopped. Peers draw nothing, and have no background. */
  readonly flag: Partial<Flagged> | null;
  readonly flagCold: Flagged | null;
  readonly browser: string;
}

const SYNC_MS = 600_000;
/** What was only needed to load is given back by then. */
export const SETTLE_MS = 2000;

/** A profile whose first sync is through; answers its folder. */
export async function syncProfile(server: TestServer, rows: number): Promise<string> {
  const extension = await startExtension();
  const page = await extension.context.newPage();
  await watchGrid(page, rows);
  await connectByMessage(extension, server);
  await page.goto(`chrome-extension://${extension.extensionId}/options.html#/sellers`);
  await gridTimes(page, SYNC_MS);
  await extension.close();
  return extension.profileDir;
}

/** Starts the browser on that profile and opens the manager. */
export async function openManager(profileDir: string, rows: number): Promise<Opened> {
  const extension = await startExtension({ profileDir });
  try {
    const page = await extension.context.newPage();
    // An empty page of the extension, beside its background.
    await page.goto(`chrome-extension://${extension.extensionId}/manifest.json`);
    await sleep(SETTLE_MS);
    const profile = join(profileDir, 'profile');
    const empty = extensionMemoryMb(profile);
    await watchGrid(page, rows);
    await page.goto(`chrome-extension://${extension.extensionId}/options.html#/sellers`);
    const { first, all } = await gridTimes(page, SYNC_MS);
    await sleep(SETTLE_MS);
    const full = extensionMemoryMb(profile);
    await checkSearch(page);
    await sellersGrid(page).search('');
    await sellersGrid(page).waitForCount(rows);
    const flag = await flagThousand(page);
    await extension.stopWorker();
    const flagCold = await flagThousand(page);
    return {
      first,
      ready: all,
      memoryMb: empty === null || full === null ? null : full - empty,
      flag,
      flagCold,
      browser: `Chromium ${extension.context.browser()?.version() ?? ''}`,
    };
  } finally {
    await extension.close();
  }
}

/** The last row of the list, which was loaded last, is found by its name. */
async function checkSearch(page: Parameters<typeof sellersGrid>[0]): Promise<void> {
  const grid = sellersGrid(page);
  await grid.grid.evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
  const count = await grid.count();
  await grid.grid.locator(`[aria-rowindex="${count + 1}"] a`).waitFor();
  const name = (await grid.drawn()).find(([index]) => index === count - 1)?.[1] ?? '';
  await grid.search(name);
  // Its row is on the screen before the search is answered, too.
  await waitUntil('fewer rows', async () => (await grid.count()) < count);
  await grid.row(name).waitFor();
}
