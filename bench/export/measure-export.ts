import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { extensionMemoryMb } from '#tests/helpers/extension-memory.ts';
import { sellersGrid } from '#tests/helpers/sellers-grid.ts';
import { startExtension } from '#tests/helpers/start-extension.ts';
import { SETTLE_MS } from '../open/measure-extension.ts';

export interface Exported {
  /** Milliseconds from the click to the complete file. */
  readonly csv: number;
  /** Growth of the renderer's private memory at its highest, MB; null where it cannot be told. */
  readonly heap: number | null;
  /** Longest task of the page's thread meanwhile, ms. */
  readonly task: number;
  readonly browser: string;
}

const EXPORT_MS = 300_000;
const LOOK_MS = 100;

/** Opens the manager on a profile that has been synced, and exports all of its list, once without and once with looking at memory. */
export async function measureExport(profileDir: string, rows: number): Promise<Exported> {
  const extension = await startExtension({ profileDir });
  try {
    const page = await extension.context.newPage();
    await page.addInitScript(() => {
      Reflect.deleteProperty(globalThis, 'showSaveFilePicker');
      const tasks: number[] = [];
      Object.assign(globalThis, { tasks });
      new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
        entryTypes: ['longtask'],
      });
    });
    await page.goto(`chrome-extension://${extension.extensionId}/options.html#/sellers`);
    await sellersGrid(page).waitForCount(rows, EXPORT_MS);
    await sleep(SETTLE_MS);
    await page.evaluate(() => (globalThis as unknown as { tasks: number[] }).tasks.splice(0));
    const csv = await exportOnce(page, rows);
    const task = await page.evaluate(() => Math.max(0, ...(globalThis as unknown as { tasks: number[] }).tasks));
    await sleep(SETTLE_MS);
    const profile = join(profileDir, 'profile');
    const before = extensionMemoryMb(profile);
    let highest = before ?? 0;
    const looking = setInterval(() => (highest = Math.max(highest, extensionMemoryMb(profile) ?? 0)), LOOK_MS);
    await exportOnce(page, rows);
    clearInterval(looking);
    const browser = `Chromium ${extension.context.browser()?.version() ?? ''}`;
    return { csv, heap: before === null ? null : highest - before, task, browser };
  } finally {
    await extension.close();
  }
}

async function exportOnce(page: Page, rows: number): Promise<number> {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const download = page.waitForEvent('download', { timeout: EXPORT_MS });
  const started = performance.now();
  await page.getByRole('button', { name: 'Export CSV' }).click();
  const path = await (await download).path();
  const took = performance.now() - started;
  const lines = await countLines(path);
  if (lines !== rows + 1)
    throw new Error(`the file has ${lines} lines, not one for each of ${rows} sellers and one above`);
  return took;
}

async function countLines(path: string): Promise<number> {
  let lines = 0;
  for await (const chunk of createReadStream(path)) for (const byte of chunk as Buffer) if (byte === 10) lines += 1;
  return lines;
}
