import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { addCounts, report } from './count.ts';
import { runTests } from './run-tests.ts';

/** The long version of a test is the test itself with more seeds (tests/helpers/soak-runs.ts). */
const soaks: Record<string, { project: string; file: string; seeds: number; rows?: number }> = {
  codec: { project: 'unit', file: 'lib/store/page-codec.test.ts', seeds: 5_000 },
  store: { project: 'unit', file: 'lib/store/base-model.test.ts', seeds: 2_000 },
  sync: { project: 'unit', file: 'lib/sync/sync-model.test.ts', seeds: 3_000 },
  simulator: { project: 'simulator', file: 'tests/faults/simulator/simulator', seeds: 5_000 },
  query: { project: 'unit', file: 'lib/query/engine.test.ts', seeds: 10_000 },
  undo: { project: 'unit', file: 'components/sellers/undo.test.ts', seeds: 5_000 },
  'ebay-pages': { project: 'unit', file: 'tests/ebay/built-pages.test.ts', seeds: 10_000 },
  'commit-order': { project: 'server', file: 'tests/server/commit-order.test.ts', seeds: 20 },
  'run-kills': { project: 'server', file: 'tests/server-runs/kill-loop.test.ts', seeds: 50 },
  'run-budget': { project: 'server', file: 'tests/server-runs/budget-race.test.ts', seeds: 200 },
  'run-outages': { project: 'server', file: 'tests/server-runs/outage.test.ts', seeds: 200 },
  'run-transitions': { project: 'server', file: 'tests/server-runs/transition', seeds: 300 },
  'worker-stops': { project: 'browsers', file: 'tests/faults/worker-stops.test.ts', seeds: 10 },
  'browser-kills': { project: 'browsers', file: 'tests/faults/browser-kills.test.ts', seeds: 20 },
  reconnect: { project: 'browsers', file: 'tests/faults/reconnect.test.ts', seeds: 20 },
  'half-open': { project: 'browsers', file: 'tests/faults/half-open.test.ts', seeds: 20 },
  'copied-profile': { project: 'browsers', file: 'tests/faults/copied-profile.test.ts', seeds: 10 },
  'long-tasks': { project: 'browsers', file: 'tests/e2e/long-tasks.test.ts', seeds: 3, rows: 100_000 },
  'long-tasks-million': { project: 'browsers', file: 'tests/e2e/long-tasks.test.ts', seeds: 3, rows: 1_000_000 },
  'firefox-idle': { project: 'browsers', file: 'tests/faults/firefox-idle.test.ts', seeds: 10 },
};
const RECORD = 'RELIABILITY.md';
const HEAD = `# Reliability

What \`npm run soak\` has run, newest last. A seed or history is one random course of events; a failure prints its seed.

| when | soak | seeds | passed | failed | seconds |
|---|---|---|---|---|---|
`;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { seeds: { type: 'string' } } });
const names = positionals.length === 0 ? Object.keys(soaks) : positionals;
const unknown = names.filter((name) => !Object.hasOwn(soaks, name));
const asked = values.seeds === undefined ? null : Number(values.seeds);
if (unknown.length > 0 || (asked !== null && !(Number.isInteger(asked) && asked > 0))) {
  process.stderr.write(`Usage: npm run soak [-- NAME … --seeds N]. There are: ${Object.keys(soaks).join(', ')}.\n`);
  process.exit(2);
}

const counts = [];
for (const name of names) {
  const soak = soaks[name];
  if (soak === undefined) continue;
  const seeds = asked ?? soak.seeds;
  process.env['SELLERDEX_SEEDS'] = String(seeds);
  if (soak.rows !== undefined) process.env['SELLERDEX_ROWS'] = String(soak.rows);
  const from = Date.now();
  const count = await runTests([soak.project], [soak.file, '--test-timeout=0']);
  counts.push(count);
  if (!existsSync(RECORD)) writeFileSync(RECORD, HEAD);
  const cells = [new Date().toISOString().slice(0, 16), name, seeds, count.passed, count.failed.length];
  appendFileSync(RECORD, `| ${[...cells, Math.round((Date.now() - from) / 1000)].join(' | ')} |\n`);
}
report(addCounts(counts));
