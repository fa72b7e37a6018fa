import { setTimeout as sleep } from 'node:timers/promises';
import type { Asked } from '../query/page.ts';
import type { Listed } from '../query/subject.ts';
import type { BenchBrowser } from '../shared/bench-browser.ts';
import { newProfile, openBrowser } from '../shared/bench-browser.ts';
import { SETTLE_MS, type Opened } from './measure-extension.ts';

const FLAGGED = 1000;

/** A profile in which the peer keeps so many sellers: its folder, and how many there was time for. */
export async function fillProfile(
  url: string,
  subject: string,
  rows: number,
  limitMs: number,
): Promise<{ profile: string; kept: number }> {
  const profile = newProfile();
  const browser = await openBrowser('chromium', url, 'bench', [], profile);
  const kept = await browser.call<number>('bench.fill', [subject, rows, limitMs]);
  await browser.close();
  return { profile, kept };
}

/** Starts the browser on that profile and opens the list; ready when a search has looked at every row. */
export async function openPeer(profile: string, url: string, subject: string, rows: number): Promise<Opened> {
  const browser = await openBrowser('chromium', url, 'bench', [], profile);
  try {
    await sleep(SETTLE_MS);
    const empty = browser.memoryMb();
    const { first, ready } = await browser.call<{ first: number; ready: number }>('bench.open', [subject, rows]);
    const asked: Asked = {
      query: { search: `${rows - 1}`, flagged: false, sort: { column: 'no', order: 'desc' } },
      from: 0,
      to: 50,
    };
    const [searched] = await browser.call<{ ms: number; value: Listed }[]>('bench.list', [[asked], 0]);
    if (searched?.value.nos[0] !== rows - 1) throw new Error(`${subject} does not find the newest row`);
    await sleep(SETTLE_MS);
    const full = browser.memoryMb();
    const flagged = await flagThousand(browser, rows);
    return {
      first,
      ready: Math.max(first, ready) + searched.ms,
      memoryMb: empty === null || full === null ? null : full - empty,
      // An array in memory stores nothing.
      flag: subject === 'plain-array' ? null : { stored: flagged },
      flagCold: null,
      browser: browser.version,
    };
  } finally {
    await browser.close();
  }
}

/** Milliseconds until the newest 1,000 rows are stored flagged; a list of flagged rows must then begin with them. */
async function flagThousand(browser: BenchBrowser, rows: number): Promise<number> {
  const nos = Array.from({ length: Math.min(FLAGGED, rows) }, (_, at) => rows - 1 - at);
  const shown: Asked = {
    query: { search: '', flagged: true, sort: { column: 'no', order: 'desc' } },
    from: 0,
    to: 50,
  };
  const { changedMs, value } = await browser.call<{ changedMs: number; value: Listed }>('bench.flag', [nos, shown]);
  if (value.nos.some((no, at) => no !== nos[at])) throw new Error('rows were not flagged');
  return changedMs;
}
