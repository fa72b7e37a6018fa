import { parseArgs } from 'node:util';
import { type Exported, measureExport } from './export/measure-export.ts';
import { syncProfile } from './open/measure-extension.ts';
import { writeReport } from './shared/report.ts';
import { startSeededServer } from './shared/seeded-server.ts';

/* Exporting the whole list from the toolbar: the built extension, a click on “Export CSV”, a file among the downloads. */

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '100000' }, rounds: { type: 'string', default: '3' } },
});
const rows = Number(values.rows);
const rounds = Number(values.rounds);
const figures: Exported[] = [];

const server = await startSeededServer('pglite', rows);
try {
  const profile = await syncProfile(server, rows);
  for (let round = 1; round <= rounds; round++) {
    const exported = await measureExport(profile, rows);
    process.stderr.write(`sellerdex ${JSON.stringify(exported)}\n`);
    figures.push(exported);
  }
} finally {
  await server.stop();
}

const metricOf: Record<string, (exported: Exported) => number | null> = {
  csv: ({ csv }) => csv,
  heap: ({ heap }) => heap,
  'longest task': ({ task }) => task,
};
await writeReport({
  name: 'export',
  rows,
  rounds,
  subjects: ['sellerdex'],
  versions: [figures[0]?.browser ?? 'Chromium'],
  metrics: [
    { name: 'csv', unit: 'ms', better: 'lower', says: 'all sellers as CSV, from the click to the complete file' },
    { name: 'heap', unit: 'MB', better: 'lower', says: 'private memory of page and worker above what it was before' },
    { name: 'longest task', unit: 'ms', better: 'lower', says: 'of the page’s thread meanwhile' },
  ],
  values: (_, metric) => figures.flatMap((exported) => metricOf[metric]?.(exported) ?? []),
  notes: [],
});
