import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { build } from 'vite';
import { findChromium } from '#scripts/find-browser.mjs';
import type { Figures } from './store/page.ts';

/*
 * Our store beside a Dexie record per row, in one real Chromium, same rows, same answers, turn by turn.
 * Correctness first: in round 1 every row is compared with what was sent, after the snapshot and after the changes.
 */

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '100000' }, rounds: { type: 'string', default: '3' } },
});
const rows = Number(values.rows);
const rounds = Number(values.rounds);
const CHANGE_ROUNDS = 5;
const subjects = ['sellerdex', 'dexie-rows'];

interface Result {
  subject: string;
  metric: string;
  unit: string;
  value: number;
  better: 'higher' | 'lower';
}

const code = await bundledPage();
const server = createServer((request, response) => {
  const isScript = request.url === '/page.js';
  response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' });
  response.end(isScript ? code : '<!doctype html><title>bench</title><script type="module" src="/page.js"></script>');
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const profile = await mkdtemp(join(tmpdir(), 'sellerdex-bench-'));
// A profile on disk: without one, Chromium keeps IndexedDB in memory.
const context = await chromium.launchPersistentContext(profile, {
  executablePath: findChromium(process.env) ?? chromium.executablePath(),
  headless: true,
  args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--no-first-run'],
});
try {
  const results = await measureAll();
  await report(results, context.browser()?.version() ?? 'unknown');
} finally {
  await context.close();
  server.close();
  await rm(profile, { recursive: true, force: true });
}

async function measureAll(): Promise<Result[]> {
  const figures = new Map<string, Figures[]>(subjects.map((subject) => [subject, []]));
  for (let round = 1; round <= rounds; round++) {
    // Turns change places, so that neither always runs on the warmer disk cache.
    for (const subject of round % 2 === 1 ? subjects : subjects.toReversed()) {
      // A fresh page each time: no subject inherits the other's heap.
      const page = await context.newPage();
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      await page.waitForFunction(() => 'measure' in globalThis);
      figures
        .get(subject)
        ?.push(await page.evaluate((input) => measure(...input), [subject, rows, round, CHANGE_ROUNDS] as const));
      await page.close();
    }
  }
  return [...figures].flatMap(([subject, all]) => [
    {
      subject,
      metric: 'apply',
      unit: 'rows/s',
      value: Math.round(median(all.map(({ apply }) => apply))),
      better: 'higher' as const,
    },
    {
      subject,
      metric: 'scattered',
      unit: 'ms',
      value: Math.round(10 * median(all.flatMap(({ scattered }) => scattered))) / 10,
      better: 'lower' as const,
    },
  ]);
}

async function report(results: readonly Result[], browser: string): Promise<void> {
  const machine = `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB; Chromium ${browser}; Node ${process.version}`;
  await mkdir('.output/bench', { recursive: true });
  await writeFile(
    '.output/bench/store.json',
    `${JSON.stringify({ name: 'store', rows, machine, results }, null, 2)}\n`,
  );
  process.stdout.write(`store, ${rows} rows, median of ${rounds} rounds\n${machine}\n`);
  for (const { subject, metric, value, unit } of results) {
    process.stdout.write(`${subject.padEnd(12)} ${metric.padEnd(10)} ${String(value).padStart(10)} ${unit}\n`);
  }
  const of = (subject: string, metric: string): number =>
    results.find((result) => result.subject === subject && result.metric === metric)?.value ?? Number.NaN;
  process.stdout.write(
    `apply: ${(of('sellerdex', 'apply') / of('dexie-rows', 'apply')).toFixed(1)} times the rows a second of a Dexie record per row\n`,
  );
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function bundledPage(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, target: 'es2023', lib: { entry: 'bench/store/page.ts', formats: ['es'], fileName: 'page' } },
  });
  const outputs = Array.isArray(built) ? built : [built];
  const chunk = outputs
    .flatMap((output) => ('output' in output ? output.output : []))
    .find(({ type }) => type === 'chunk');
  if (chunk?.type !== 'chunk') throw new Error('vite built no page');
  return chunk.code;
}
