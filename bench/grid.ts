import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { namesAt } from './grid/rows.ts';
import type { Scrolled } from './grid/scripted-scroll.ts';
import type { Shown } from './grid/subject.ts';
import { TOLD_BY } from './grid/subject.ts';
import type { BenchBrowser } from './shared/bench-browser.ts';
import { newProfile, openBrowser } from './shared/bench-browser.ts';
import { packageVersions } from './shared/package-versions.ts';
import type { Metric } from './shared/report.ts';
import { writeReport } from './shared/report.ts';
import { serveBundle } from './shared/serve-bundle.ts';
import { createSellers } from './store/made-sellers.ts';

/*
 * Grids of sellers in a real Chromium, same rows, columns and height. `sellerdex`: ours with its query engine over a store
 * on disk; `sellerdex-memory`: the grid alone, over the rows that AG Grid Community and Glide Data Grid have in memory.
 */

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '3' },
    subjects: { type: 'string', default: 'sellerdex,sellerdex-memory,ag-grid,glide' },
  },
});
const rows = Number(values.rows);
const rounds = Number(values.rounds);
const subjects = values.subjects.split(',');

const MISSED_FRAME_MS = 20;
const SETTLE_MS = 2_000;
const every: Shown = { sort: 'newest', filter: null };
const sorts: readonly Shown[] = [
  { sort: 'feedback', filter: null },
  { sort: 'name', filter: null },
];
const filters: readonly Shown[] = [
  { sort: 'newest', filter: 'flagged' },
  { sort: 'newest', filter: 'tech-' },
];

const metrics: readonly Metric[] = [
  {
    name: 'first rows',
    unit: 'ms',
    better: 'lower',
    says: 'from navigation to a screen of rows painted, rows on disk',
  },
  { name: 'first rows in memory', unit: 'ms', better: 'lower', says: 'the same, rows in the page before' },
  { name: 'frames over 16', unit: 'frames', better: 'lower', says: 'that came late in 230 frames of scrolling' },
  { name: 'frames over 50', unit: 'frames', better: 'lower', says: 'over 50 ms in the same' },
  { name: 'blank rows', unit: 'rows', better: 'lower', says: 'painted without text in the same' },
  { name: 'late rows', unit: 'rows', better: 'lower', says: 'painted with those of a frame before in the same' },
  { name: 'jump', unit: 'ms', better: 'lower', says: 'to a place far away, every row painted', share: 'p95' },
  { name: 'sort', unit: 'ms', better: 'lower', says: 'the slower of a number and names, first time', share: 'p95' },
  {
    name: 'filter',
    unit: 'ms',
    better: 'lower',
    says: 'flagged only, a text in the name, and all again',
    share: 'p95',
  },
  { name: 'memory', unit: 'MB', better: 'lower', says: 'page and workers above an empty page' },
];
type Figures = Record<string, number[]>;

const server = await serveBundle('bench/grid/page.ts', 'bench/grid/opening.ts');
const OPENING = `${server.url}opening`;
const lists = [every, ...sorts, ...filters];
const names = namesAt(createSellers(rows), lists, TOLD_BY);
const nameOf = (shown: Shown): string => names[lists.indexOf(shown)] ?? '';
const figures = new Map<string, Figures[]>();
const notes: string[] = [];
let version = 'Chromium';
const profile = newProfile();
await inBrowser((browser) => browser.call('gridBench.fill', [rows]));
for (const subject of subjects) {
  const all: Figures[] = [];
  figures.set(subject, all);
  try {
    for (let round = 1; round <= rounds; round++) {
      const first = await inBrowser((browser) => openCold(subject, browser), OPENING, 'openingBench');
      const measured = { 'first rows': [first], ...(await inBrowser((browser) => measure(subject, browser))) };
      process.stderr.write(`${subject} ${JSON.stringify(measured)}\n`);
      all.push(measured);
    }
  } catch (thrown) {
    notes.push(`${subject} did not come to its end: ${String(thrown).split('\n')[0]}`);
  }
}
server.close();
await writeReport({
  name: 'grid',
  rows,
  rounds,
  subjects,
  versions: [version, ...packageVersions('ag-grid-community', '@glideapps/glide-data-grid')],
  metrics,
  values: (subject, metric) => figures.get(subject)?.flatMap((round) => round[metric] ?? []) ?? [],
  notes,
});

async function inBrowser<T>(
  work: (browser: BenchBrowser) => Promise<T>,
  address = server.url,
  ready = 'gridBench',
): Promise<T> {
  const browser = await openBrowser('chromium', address, ready, [], profile);
  ({ version } = browser);
  try {
    return await work(browser);
  } finally {
    await browser.close();
  }
}

/** In a browser that has come to rest after its start. */
async function openCold(subject: string, browser: BenchBrowser): Promise<number> {
  await sleep(SETTLE_MS);
  await browser.reopen(`${OPENING}?subject=${subject}`);
  return browser.call<number>('openingBench.firstRows', []);
}

async function measure(subject: string, browser: BenchBrowser): Promise<Figures> {
  const ask = <T>(name: string, ...args: readonly unknown[]) => browser.call<T>(`gridBench.${name}`, args);
  const isWhole = subject === 'sellerdex';
  const empty = browser.memoryMb() ?? Number.NaN;
  if (!isWhole) await ask('make', rows);
  const opened = await ask<number>('open', subject);
  await sleep(SETTLE_MS);
  const memory = (browser.memoryMb() ?? Number.NaN) - empty;
  const { frames, blank, late } = await ask<Scrolled>('scroll');
  const jump: number[] = [];
  for (let at = 1; at <= 10; at++) jump.push(await ask<number>('jump', ((at * 37) % 100) / 100));
  const show = (shown: Shown) => ask<number>('show', shown, nameOf(shown));
  const sort: number[] = [];
  for (const shown of sorts) sort.push(await show(shown));
  await show(every);
  const filter: number[] = [];
  for (const shown of filters) filter.push(await show(shown), await show(every));
  return {
    'first rows in memory': isWhole ? [] : [opened],
    'frames over 16': [frames.filter((ms) => ms > MISSED_FRAME_MS).length],
    'frames over 50': [frames.filter((ms) => ms > 50).length],
    'blank rows': [blank],
    'late rows': [late],
    jump,
    sort: [Math.max(...sort)],
    filter,
    memory: [memory],
  };
}
