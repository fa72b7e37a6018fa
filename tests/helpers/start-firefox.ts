import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { launch, TimeoutError } from 'puppeteer-core';
import { findFirefox } from '#scripts/find-browser.mjs';
import { buildTestExtension } from './build-test-extension.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { waitUntil } from './wait-until.ts';

/** Of wxt.config.ts. */
const ADDON_ID = 'sellerdex@sellerdex.example';
/** Firefox makes up a random host for each profile, unless the profile names one beforehand. */
const ADDON_HOST = '5e11e4de-0000-4000-8000-000000000001';

export interface FirefoxExtension {
  readonly browser: Browser;
  openManager(hash?: string): Promise<Page>;
  close(): Promise<void>;
}

/** Path of the Firefox to test with, or null when there is none. */
export function firefoxPath(): string | null {
  return findFirefox(process.env);
}

/** Firefox with the test build installed, as from `about:debugging`, and with further preferences. */
export async function startFirefox(
  executablePath: string,
  prefs: Readonly<Record<string, unknown>> = {},
): Promise<FirefoxExtension> {
  const extension = await buildTestExtension('firefox');
  const browser = await launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    // Without it no automation may open a page of an extension.
    args: ['--remote-allow-system-access'],
    userDataDir: join(temporaryFolder('firefox'), 'profile'),
    extraPrefsFirefox: { 'extensions.webextensions.uuids': JSON.stringify({ [ADDON_ID]: ADDON_HOST }), ...prefs },
  });
  await browser.installExtension(extension);
  return {
    browser,
    openManager: async (hash = '') => {
      const page = await browser.newPage();
      const address = `moz-extension://${ADDON_HOST}/options.html${hash}`;
      // The page loads in another process, whose events of loading do not arrive: the wait always times out.
      await page.goto(address, { timeout: 1_000 }).catch((error: unknown) => {
        if (!(error instanceof TimeoutError)) throw error;
      });
      await waitUntil('the manager page', () => page.evaluate(`location.href.startsWith('moz-extension:')`));
      return page;
    },
    close: () => browser.close(),
  };
}
