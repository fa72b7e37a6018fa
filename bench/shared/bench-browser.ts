import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { chromium } from '@playwright/test';
import { launch } from 'puppeteer-core';
import { findChromium, findFirefox } from '#scripts/find-browser.mjs';
import { FIREFOX_CONTENT, rendererMemoryMb } from '#tests/helpers/extension-memory.ts';
import { temporaryFolder } from '#tests/helpers/temporary-folder.ts';

/** A browser with a profile on disk (without one, databases stay in memory) and one page open. */
export interface BenchBrowser {
  readonly version: string;
  /** Calls a global function of the page and awaits what it answers. */
  call<T>(name: string, args: readonly unknown[]): Promise<T>;
  /** Closes the page and opens it anew, or another one. */
  reopen(address?: string): Promise<void>;
  /** Private memory of the page's processes in MB; null where it cannot be told. */
  memoryMb(): number | null;
  /** Size of all that pages have stored in this profile, MB. */
  diskMb(): number;
  close(): Promise<void>;
}

/** A folder that goes with this process. */
export function newProfile(): string {
  return join(temporaryFolder('bench'), 'profile');
}

export type BrowserName = 'chromium' | 'firefox';

/** `ready`: a global function that the page has when it can be called. `args`: further ones for Chromium. */
export async function openBrowser(
  name: BrowserName,
  url: string,
  ready: string,
  args: readonly string[] = [],
  profile: string = newProfile(),
): Promise<BenchBrowser> {
  return name === 'chromium' ? openChromium(profile, url, ready, args) : openFirefox(profile, url, ready);
}

async function openChromium(
  profile: string,
  url: string,
  ready: string,
  further: readonly string[],
): Promise<BenchBrowser> {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium(process.env) ?? chromium.executablePath(),
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--no-first-run',
      ...further,
    ],
  });
  // The browser's own first page stays, so that closing ours does not end it.
  const open = async (address = url): Promise<Page> => {
    const opened = await context.newPage();
    await opened.goto(address);
    await opened.waitForFunction((global) => global in globalThis, ready);
    return opened;
  };
  let page = await open();
  return {
    version: `Chromium ${context.browser()?.version() ?? 'unknown'}`,
    call: (global, args) => page.evaluate(callGlobal, [global, JSON.stringify(args)] as const) as Promise<never>,
    async reopen(address) {
      await page.close();
      page = await open(address);
    },
    memoryMb: () => rendererMemoryMb(profile),
    diskMb: () =>
      sizeMb(...['IndexedDB', 'File System', 'WebStorage'].map((folder) => join(profile, 'Default', folder))),
    close: () => context.close(),
  };
}

async function openFirefox(profile: string, url: string, ready: string): Promise<BenchBrowser> {
  const executablePath = findFirefox(process.env);
  if (executablePath === null) throw new Error('No Firefox was found. Install one, or set FIREFOX_PATH.');
  const browser = await launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    userDataDir: profile,
    protocolTimeout: 3_600_000,
  });
  const open = async (address = url) => {
    const opened = await browser.newPage();
    await opened.goto(address);
    await opened.waitForFunction((global) => global in globalThis, {}, ready);
    return opened;
  };
  let page = await open();
  return {
    version: (await browser.version()).replace('/', ' '),
    call: (global, args) => page.evaluate(callGlobal, [global, JSON.stringify(args)] as const) as Promise<never>,
    async reopen(address) {
      await page.close();
      page = await open(address);
    },
    memoryMb: () => rendererMemoryMb(profile, FIREFOX_CONTENT),
    diskMb: () => sizeMb(join(profile, 'storage')),
    close: () => browser.close(),
  };
}

/** `name` may be a path such as `bench.open`. Arguments as JSON: one by one, Firefox takes seconds for those of many rows. */
function callGlobal([name, args]: readonly [string, string]): unknown {
  type Callable = (...args: readonly unknown[]) => unknown;
  let at: unknown = globalThis;
  for (const part of name.split('.')) at = (at as Record<string, unknown>)[part];
  return (at as Callable)(...(JSON.parse(args) as unknown[]));
}

function sizeMb(...folders: readonly string[]): number {
  const files = folders.flatMap((folder) =>
    globSync('**/*', { cwd: folder, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  // Blocks taken, not lengths: a log may be allocated ahead. A file may go between listing and looking.
  return files.reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.blocks ?? 0) * 512, 0) / 1e6;
}
