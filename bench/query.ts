import { parseArgs } from 'node:util';
import { measureScattered } from './query/measure-scattered.ts';
import { measureSubject } from './query/measure-subject.ts';
import { metrics } from './query/results.ts';
import type { BenchBrowser, BrowserName } from './shared/bench-browser.ts';
import { openBrowser } from './shared/bench-browser.ts';
import { packageVersions } from './shared/package-versions.ts';
import { shareOf, writeReport } from './shared/report.ts';
import { serveBundle } from './shared/serve-bundle.ts';
import { madeSellers } from './store/made-sellers.ts';

/*
 * Lists of sellers in a real browser: ours and its peers, same rows, same questions, each in pages of its own.
 * Correctness first: every answer of the first round is compared with what a plain array gives.
 */

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '3' },
    subjects: { type: 'string', default: 'sellerdex,sqlite-opfs,plain-array,dexie-rows,rxdb' },
    browser: { type: 'string', default: 'chromium' },
    /** Seconds after which filling, and 200,000 changes, are broken off. */
    limit: { type: 'string', default: '240' },
    /** Seconds after which no further question of a metric is asked. */
    patience: { type: 'string', default: '10' },
  },
});
const rows = Number(values.rows);
const rounds = Number(values.rounds);
const limitMs = Number(values.limit) * 1000;
const patienceMs = Number(values.patience) * 1000;
const subjects = values.subjects.split(',');
const browserName: BrowserName = values.browser === 'firefox' ? 'firefox' : 'chromium';
/** These look at every row for a search. */
const SLOW = ['dexie-rows', 'rxdb'];
/** From so many rows on 200,000 of them are changed. */
const SCATTER_FROM = 100_000;

const server = await serveBundle('bench/query/page.ts');
const figures = new Map<string, Readonly<Record<string, readonly number[]>>[]>();
const notes: string[] = [];
let version: string = browserName;
for (const subject of subjects) {
  figures.set(subject, []);
  // A profile of its own on disk: without one, databases stay in memory.
  const browser = await openBrowser(browserName, server.url, 'bench');
  version = browser.version;
  try {
    await measure(subject, browser);
  } finally {
    await browser.close();
  }
}
server.close();
await writeReport({
  name: browserName === 'chromium' ? 'query' : 'query-firefox',
  rows,
  rounds,
  subjects,
  versions: [version, ...packageVersions('dexie', 'rxdb', '@sqlite.org/sqlite-wasm')],
  metrics,
  values: (subject, metric) => figures.get(subject)?.flatMap((round) => round[metric] ?? []) ?? [],
  notes,
});

function medians(measured: Readonly<Record<string, readonly number[]>>): Record<string, number> {
  return Object.fromEntries(Object.entries(measured).map(([metric, all]) => [metric, shareOf(all, 0.5)]));
}

async function measure(subject: string, browser: BenchBrowser): Promise<void> {
  const note = (says: string): void => void notes.push(`${subject}: ${says}`);
  const kept = await browser.call<number>('bench.fill', [subject, rows, limitMs]);
  if (kept < rows) return note(`filling was broken off after ${values.limit} s, at ${kept.toLocaleString('en')} rows`);
  // Of its own: what is pulled in its rounds changes them.
  const made = madeSellers(rows);
  const last = SLOW.includes(subject) ? 1 : rounds;
  if (last < rounds) note('one round');
  for (let round = 1; round <= last; round++) {
    await browser.reopen();
    const measured = await measureSubject({ browser, subject, made, round, patienceMs, note });
    process.stderr.write(`${subject} round ${round} ${JSON.stringify(medians(measured))}\n`);
    figures.get(subject)?.push(measured);
  }
  if (rows < SCATTER_FROM) return;
  await browser.reopen();
  const scattered = await measureScattered({ browser, subject, made, round: last + 1, patienceMs, note }, limitMs);
  if (scattered === null) return note(`200,000 changes were broken off after ${values.limit} s`);
  process.stderr.write(`${subject} ${JSON.stringify(medians(scattered))}\n`);
  figures.get(subject)?.push(scattered);
}
