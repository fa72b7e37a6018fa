import { setTimeout as sleep } from 'node:timers/promises';
import type { Asked } from '../query/page.ts';
import type { Listed } from '../query/subject.ts';
import { newProfile, openBrowser } from '../shared/bench-browser.ts';
import { SETTLE_MS, type Opened } from './measure-extension.ts';

/** A profile in which the peer keeps so many sellers; answers its folder. */
export async function fillProfile(url: string, subject: string, rows: number): Promise<string> {
  const profile = newProfile();
  const browser = await openBrowser('chromium', url, 'bench', [], profile);
  await browser.call('bench.fill', [subject, rows]);
  await browser.close();
  return profile;
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
    const [searched] = await browser.call<{ ms: number; value: Listed }[]>('bench.list', [[asked]]);
    if (searched?.value.nos[0] !== rows - 1) throw new Error(`${subject} does not find the newest row`);
    await sleep(SETTLE_MS);
    const full = browser.memoryMb();
    return {
      first,
      ready: Math.max(first, ready) + searched.ms,
      memoryMb: empty === null || full === null ? null : full - empty,
      flag: null,
      flagCold: null,
      browser: browser.version,
    };
  } finally {
    await browser.close();
  }
}
