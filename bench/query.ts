import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type BrowserContext } from '@playwright/test';
import { findChromium } from '#scripts/find-browser.mjs';
import { madeSellers } from './store/made-sellers.ts';
import { serveBundle } from './shared/serve-bundle.ts';
import { measureSubject } from './query/measure-subject.ts';
import { type Figures, metrics, type Metric } from './query/results.ts';
import { packageVersions } from './shared/package-versions.ts';
import { writeReport } from './shared/report.ts';

/*
 * Lists of sellers in a real Chromium: ours and its peers, same rows, same questions, each in pages of its own.
 * Correctness first: every answer of the first round is compared with what a plain array gives.
 */

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '3' },
    subjects: { type: 'string', default: 'sellerdex,sqlite-opfs,plain-array,dexie-rows,rxdb' },
  },
});
const rows = Number(values.rows);
const rounds = Number(values.rounds);
const named = values.subjects.split(',');
/** These look at every row for a search: a round of a million would take an hour. */
const SLOW = ['dexie-rows', 'rxdb'];
const SLOW_ROWS = 100_000;
const subjects = named.filter((subject) => rows <= SLOW_ROWS || !SLOW.includes(subject));

const server = await serveBundle('bench/query/page.ts');
const figures = new Map<string, Figures[]>();
let version = 'unknown';
for (const subject of subjects) figures.set(subject, await withBrowser((...parts) => measureRounds(subject, ...parts)));
server.close();
await writeReport({
  name: 'query',
  rows,
  rounds,
  subjects,
  versions: [`Chromium ${version}`, ...packageVersions('dexie', 'rxdb', '@sqlite.org/sqlite-wasm')],
  metrics,
  values: (subject, metric) => figures.get(subject)?.flatMap((round) => round[metric as Metric]) ?? [],
  notes: [
    ...named.filter((subject) => !subjects.includes(subject)).map((subject) => `${subject}: up to 100,000 rows only`),
    ...subjects.filter((subject) => SLOW.includes(subject)).map((subject) => `${subject}: one round`),
  ],
});

/** A profile of its own on disk for each subject: without one, Chromium keeps IndexedDB in memory. */
async function withBrowser<T>(work: (context: BrowserContext, profile: string) => Promise<T>): Promise<T> {
  const profile = await mkdtemp(join(tmpdir(), 'sellerdex-bench-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium(process.env) ?? chromium.executablePath(),
    headless: true,
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--no-first-run'],
  });
  version = context.browser()?.version() ?? version;
  try {
    return await work(context, profile);
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  }
}

async function measureRounds(subject: string, context: BrowserContext, profile: string): Promise<Figures[]> {
  const filling = await context.newPage();
  await filling.goto(server.url);
  await filling.waitForFunction(() => 'bench' in globalThis);
  await filling.evaluate((input) => bench.fill(...input), [subject, rows] as const);
  await filling.close();
  // Of its own: what is pulled in its rounds changes them.
  const made = madeSellers(rows);
  const all: Figures[] = [];
  for (let round = 1; round <= (SLOW.includes(subject) ? 1 : rounds); round++) {
    all.push(await measureSubject({ context, profile, url: server.url, subject, made, round }));
  }
  return all;
}
