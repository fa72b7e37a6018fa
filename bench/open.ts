import { parseArgs } from 'node:util';
import { openManager, type Opened, syncProfile } from './open/measure-extension.ts';
import { fillProfile, openPeer } from './open/measure-peer.ts';
import { packageVersions } from './shared/package-versions.ts';
import { writeReport } from './shared/report.ts';
import { startSeededServer } from './shared/seeded-server.ts';
import { serveBundle } from './shared/serve-bundle.ts';

/*
 * Opening the list of a profile that has been used: a browser is started, then the page opened. Ours is the built
 * extension with its manager, server running; peers are a bare page that lists the rows which it keeps, drawing none.
 */

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '5' },
    subjects: { type: 'string', default: 'sellerdex,sqlite-opfs,plain-array,dexie-rows,rxdb' },
    /** Seconds after which the filling of a peer is broken off. */
    limit: { type: 'string', default: '240' },
  },
});
const metricOf: Record<string, (opened: Opened) => number | null | undefined> = {
  'first rows': ({ first }) => first,
  ready: ({ ready }) => ready,
  memory: ({ memoryMb }) => memoryMb,
  'flag painted': ({ flag }) => flag?.painted,
  'flag stored': ({ flag }) => flag?.stored,
  'flag stored cold': ({ flagCold }) => flagCold?.stored,
};
const rows = Number(values.rows);
const rounds = Number(values.rounds);
const subjects = values.subjects.split(',');
const limitMs = Number(values.limit) * 1000;
const notes: string[] = [];
const figures = new Map<string, Opened[]>(subjects.map((subject) => [subject, []]));

for (const subject of subjects) {
  if (subject === 'sellerdex') await measureExtension();
  else await measurePeer(subject);
}
const all = (subject: string): Opened[] => figures.get(subject) ?? [];
await writeReport({
  name: 'open',
  rows,
  rounds,
  subjects,
  versions: [
    [...figures.values()].flat()[0]?.browser ?? 'Chromium',
    ...packageVersions('dexie', 'rxdb', '@sqlite.org/sqlite-wasm'),
  ],
  metrics: [
    { name: 'first rows', unit: 'ms', better: 'lower', says: 'from navigation to rows drawn (peers: had by a script)' },
    { name: 'ready', unit: 'ms', better: 'lower', says: 'every row listed and searchable' },
    { name: 'memory', unit: 'MB', better: 'lower', says: 'page and workers above an empty page' },
    { name: 'flag painted', unit: 'ms', better: 'lower', says: '1,000 rows flagged, from the key to the frame' },
    { name: 'flag stored', unit: 'ms', better: 'lower', says: '1,000 rows flagged, until they are stored' },
    { name: 'flag stored cold', unit: 'ms', better: 'lower', says: 'the same with the background stopped before' },
  ],
  values: (subject, metric) => all(subject).flatMap((opened) => metricOf[metric]?.(opened) ?? []),
  notes,
});

async function measureExtension(): Promise<void> {
  const server = await startSeededServer('pglite', rows);
  try {
    const profile = await syncProfile(server, rows);
    for (let round = 1; round <= rounds; round++) note('sellerdex', await openManager(profile, rows));
  } finally {
    await server.stop();
  }
}

async function measurePeer(subject: string): Promise<void> {
  const served = await serveBundle('bench/query/page.ts');
  try {
    const { profile, kept } = await fillProfile(served.url, subject, rows, limitMs);
    if (kept < rows) {
      notes.push(`${subject}: filling was broken off after ${values.limit} s, at ${kept.toLocaleString('en')} rows`);
      return;
    }
    for (let round = 1; round <= rounds; round++) note(subject, await openPeer(profile, served.url, subject, rows));
  } finally {
    served.close();
  }
}

function note(subject: string, opened: Opened): void {
  process.stderr.write(`${subject} ${JSON.stringify(opened)}\n`);
  figures.get(subject)?.push(opened);
}
