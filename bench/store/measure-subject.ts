import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchBrowser, BrowserName } from '../shared/bench-browser.ts';
import { openBrowser } from '../shared/bench-browser.ts';
import { shareOf } from '../shared/report.ts';
import type { Answer, Task } from './tasks.ts';
import { CHANGE_ROUNDS, SCATTER_ROUNDS, SCATTERED_ROWS } from './tasks.ts';

export interface Figures {
  /** By metric. */
  readonly values: Readonly<Record<string, readonly number[]>>;
  readonly medians: Readonly<Record<string, number>>;
  /** Why there is no more of it, or null. */
  readonly stopped: string | null;
  readonly browser: string;
}

export interface MeasureOptions {
  readonly subject: string;
  readonly rows: number;
  readonly round: number;
  readonly limitMs: number;
  readonly browser: BrowserName;
  readonly url: string;
}

/** From so many rows on a bench changes 200,000 of them. */
const SCATTER_FROM = 100_000;
const LOOKUPS = 5;

/** All tasks of one subject, one round, in a profile of its own. */
export async function measureSubject(options: MeasureOptions): Promise<Figures> {
  const browser = await openBrowser(options.browser, options.url, 'performTask');
  try {
    const values: Record<string, readonly number[]> = {};
    const stopped = await measureInto(values, browser, options);
    const medians = Object.fromEntries(Object.entries(values).map(([name, all]) => [name, shareOf(all, 0.5)]));
    return { values, medians, stopped, browser: browser.version };
  } finally {
    await browser.close();
  }
}

async function measureInto(
  values: Record<string, readonly number[]>,
  browser: BenchBrowser,
  { subject, rows, round, limitMs }: MeasureOptions,
): Promise<string | null> {
  const run = (task: Task): Promise<Answer> => browser.call('performTask', [subject, task]);
  const rounds = CHANGE_ROUNDS;
  const check = async (changes: number): Promise<void> => {
    if (round === 1) await run({ name: 'check', rows, rounds: changes });
  };

  const memory = watchMemory(browser);
  const filled = await run({ name: 'fill', rows, limitMs });
  values['memory'] = memory.stop();
  values['apply'] = filled.ms.map((ms) => filled.stored / (ms / 1000));
  if (filled.stored < rows)
    return stoppedAt(`the first sync of ${rows.toLocaleString('en')} rows`, filled.stored, limitMs);
  values['scattered'] = (await run({ name: 'change', rows, rounds })).ms;
  await check(rounds);
  values['point'] = (await run({ name: 'point', rows, rounds, seed: round })).ms;
  const lookups: number[] = [];
  for (let at = 0; at < LOOKUPS; at++)
    lookups.push(...(await run({ name: 'lookup', rows, rounds, seed: round * LOOKUPS + at })).ms);
  values['lookup'] = lookups;
  values['compaction'] = (await run({ name: 'compact', rows, rounds })).ms;
  await check(rounds);
  values['disk'] = [await settledDiskMb(browser)];
  if (rows >= SCATTER_FROM) {
    const scattered = await run({ name: 'scatter', rows, rounds, limitMs });
    if (scattered.stored < SCATTERED_ROWS) return stoppedAt('200,000 changes', scattered.stored, limitMs);
    values['scattered 200k'] = scattered.ms.map((ms) => ms / 1000);
    await check(rounds + SCATTER_ROUNDS);
  }
  const rebuilt = await run({ name: 'rebuild', rows, limitMs });
  if (rebuilt.stored < rows)
    return stoppedAt(`the rebuild of ${rows.toLocaleString('en')} rows`, rebuilt.stored, limitMs);
  values['rebuild'] = rebuilt.ms.map((ms) => ms / 1000);
  return null;
}

function stoppedAt(what: string, stored: number, limitMs: number): string {
  return `${what} was broken off after ${limitMs / 1000} s, at ${stored.toLocaleString('en')} rows`;
}

/** A browser deletes files that it no longer needs some seconds later. */
async function settledDiskMb(browser: BenchBrowser): Promise<number> {
  let size = browser.diskMb();
  let same = 0;
  for (let second = 0; second < 40 && same < 8; second++) {
    await sleep(1000);
    const now = browser.diskMb();
    same = now === size ? same + 1 : 0;
    size = now;
  }
  return size;
}

/** The most that the page's processes take from now on above what they take now, looked at every 100 ms. */
function watchMemory(browser: BenchBrowser): { stop: () => number[] } {
  const before = browser.memoryMb();
  if (before === null) return { stop: () => [] };
  let most = 0;
  const timer = setInterval(() => (most = Math.max(most, (browser.memoryMb() ?? before) - before)), 100);
  return {
    stop: () => {
      clearInterval(timer);
      return [most];
    },
  };
}
