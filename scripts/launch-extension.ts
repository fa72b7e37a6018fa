import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page, Worker } from '@playwright/test';
import { chromium } from '@playwright/test';
import { withBuildLock } from './build-extension.ts';
import { findChromium } from './find-browser.mjs';

/** Follows from the key of unpacked builds in wxt.config.ts. */
export const EXTENSION_ID = 'djoodhlhkbnklglfogbigpfilgcdabhn';

export interface LaunchOptions {
  /** Folder of the browser's profile; what it holds is kept. */
  readonly profileDir: string;
  /** Folder of the built extension; the browser gets a copy, so that a new build does not disturb it. */
  readonly extension: string;
  readonly headless?: boolean;
  /** False: the caller closes the browser itself when this process is told to end. */
  readonly handleSignals?: boolean;
  readonly args?: readonly string[];
}

export interface LaunchedExtension {
  readonly context: BrowserContext;
  readonly extensionId: string;
  /** The service worker as it runs now; another object after it was stopped. */
  worker(): Promise<Worker>;
  /** The manager page in a tab of its own, at an address such as `#/sellers`. */
  openManager(hash?: string): Promise<Page>;
  /** The popup as a page of its size; its own tab is then the active one. */
  openPopup(): Promise<Page>;
  /** Stops the service worker; the next event or message starts a fresh one. */
  stopWorker(): Promise<void>;
  close(): Promise<void>;
}

/** Starts Chromium with the extension loaded, in a profile that keeps its data. */
export async function launchExtension(options: LaunchOptions): Promise<LaunchedExtension> {
  const extension = join(options.profileDir, 'extension');
  await withBuildLock(async () => {
    rmSync(extension, { recursive: true, force: true });
    mkdirSync(options.profileDir, { recursive: true });
    cpSync(options.extension, extension, { recursive: true });
  });
  const handleSignals = options.handleSignals ?? true;
  const executablePath = findChromium(process.env);
  if (executablePath === null) throw new Error('No Chromium was found. Install one, or set CHROMIUM_PATH.');
  const context = await chromium.launchPersistentContext(join(options.profileDir, 'profile'), {
    executablePath,
    headless: false,
    handleSIGINT: handleSignals,
    handleSIGTERM: handleSignals,
    handleSIGHUP: handleSignals,
    viewport: { width: 1280, height: 800 },
    args: [
      ...((options.headless ?? true) ? ['--headless=new'] : []),
      '--no-sandbox',
      `--disable-extensions-except=${extension}`,
      `--load-extension=${extension}`,
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
      '--no-first-run',
      ...(options.args ?? []),
    ],
  });
  const isOurs = (worker: Worker) => worker.url().startsWith(`chrome-extension://${EXTENSION_ID}/`);
  const worker = async () => context.serviceWorkers().find(isOurs) ?? context.waitForEvent('serviceworker', isOurs);
  await worker();
  const open = async (path: string) => {
    const page = await context.newPage();
    await page.goto(`chrome-extension://${EXTENSION_ID}/${path}`);
    return page;
  };
  return {
    context,
    extensionId: EXTENSION_ID,
    worker,
    openManager: (hash = '') => open(`options.html${hash}`),
    openPopup: async () => {
      const page = await open('popup.html');
      await page.setViewportSize({ width: 380, height: 600 });
      return page;
    },
    stopWorker: () => stopWorkers(context),
    close: () => context.close(),
  };
}

async function stopWorkers(context: BrowserContext): Promise<void> {
  const page = context.pages()[0] ?? (await context.newPage());
  const session = await context.newCDPSession(page);
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  await session.detach();
}
