import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CDPSession, Page } from '@playwright/test';
import type { ScreenName } from './screens.ts';

/** Where pictures are kept, to be looked through; `index.html` shows them all. */
export const SCREENSHOTS = join('.output', 'screenshots');

/** The beginning of the names of a screen's pictures. */
export function pictureOf(name: ScreenName): string {
  return name.replaceAll(/[^a-z0-9]+/gi, '-').toLowerCase();
}

const sessions = new WeakMap<Page, CDPSession>();

/** Keeps a picture of the page as it is; `kind` tells it from others of the same screen. */
export async function keepPicture(page: Page, name: ScreenName, kind: string): Promise<Buffer> {
  const session = sessions.get(page) ?? (await page.context().newCDPSession(page));
  sessions.set(page, session);
  // Playwright's own would end the zoom, and packs more tightly than is worth the time.
  const { data } = await session.send('Page.captureScreenshot', { format: 'png', optimizeForSpeed: true });
  const png = Buffer.from(data, 'base64');
  mkdirSync(SCREENSHOTS, { recursive: true });
  writeFileSync(join(SCREENSHOTS, `${pictureOf(name)}.${kind}.png`), png);
  return png;
}
