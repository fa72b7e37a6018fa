import type { BrowserContext } from '@playwright/test';

/** Lets an unpacked extension restart itself: without its developer mode Chromium disables it at the next load. */
export async function allowRestart(context: BrowserContext): Promise<void> {
  const page = await context.newPage();
  await page.goto('chrome://extensions');
  await page.evaluate(
    'new Promise((done) => chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true }, done))',
  );
  await page.close();
}
