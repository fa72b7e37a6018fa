import { parseArgs } from 'node:util';
import { measureExtension } from './first-sync/measure-extension.ts';
import { measurePeer } from './first-sync/measure-peer.ts';
import { packageVersions } from './shared/package-versions.ts';
import { writeReport } from './shared/report.ts';
import type { DatabaseName } from './shared/seeded-server.ts';
import { startSeededServer } from './shared/seeded-server.ts';
import { serveBundle } from './shared/serve-bundle.ts';

/*
 * A first sync from end to end: the real server over a seeded database, the built extension in a real Chromium, until
 * the grid holds every row. Peers fill their store from the same server with the same answers; they draw nothing.
 */

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '3' },
    subjects: { type: 'string', default: 'sellerdex,dexie-rows,rxdb,sqlite-opfs' },
    databases: { type: 'string', default: 'pglite,postgres' },
    /** Seconds after which a peer is broken off. */
    limit: { type: 'string', default: '120' },
  },
});
const rows = Number(values.rows);
const rounds = Number(values.rounds);
const subjects = values.subjects.split(',');
const limitMs = Number(values.limit) * 1000;
const figures = new Map<string, number[]>();
const notes = new Set<string>();
let browser = 'Chromium';
const note = (key: string, value: number): void => void figures.set(key, [...(figures.get(key) ?? []), value]);

const served = await serveBundle('bench/store/page.ts');
for (const database of values.databases.split(',') as DatabaseName[]) {
  const server = await startSeededServer(database, rows);
  try {
    for (let round = 1; round <= rounds; round++)
      for (const subject of subjects) await measure(subject, database, server, round);
  } finally {
    await server.stop();
  }
}
served.close();

await writeReport({
  name: 'first-sync',
  rows,
  rounds,
  subjects,
  versions: [browser, ...packageVersions('dexie', 'rxdb', '@sqlite.org/sqlite-wasm', '@electric-sql/pglite')],
  metrics: (values.databases.split(',') as DatabaseName[]).flatMap((database) => [
    {
      name: `first rows ${database}`,
      unit: 'ms',
      better: 'lower' as const,
      says: 'rows drawn after Connect was answered (peers: the first answer stored)',
    },
    {
      name: `ready ${database}`,
      unit: 's',
      better: 'lower' as const,
      says: 'every row in grid and store (peers: in the store)',
    },
    { name: `synced ${database}`, unit: 's', better: 'lower' as const, says: '“Synced” shown' },
  ]),
  values: (subject, metric) => figures.get(`${subject} ${metric}`) ?? [],
  notes: [...notes],
});

async function measure(
  subject: string,
  database: DatabaseName,
  server: Awaited<ReturnType<typeof startSeededServer>>,
  round: number,
): Promise<void> {
  if (subject === 'sellerdex') {
    const measured = await measureExtension(server, rows);
    browser = measured.browser;
    note(`sellerdex first rows ${database}`, measured.first);
    note(`sellerdex ready ${database}`, measured.all / 1000);
    note(`sellerdex synced ${database}`, measured.synced / 1000);
    process.stderr.write(`${database} round ${round} sellerdex ${JSON.stringify(measured)}\n`);
    return;
  }
  const { ms, firstMs, stored } = await measurePeer({ subject, server, rows, limitMs, url: served.url });
  process.stderr.write(`${database} round ${round} ${subject} ${Math.round(ms)} ms, ${stored} rows\n`);
  note(`${subject} first rows ${database}`, firstMs);
  if (stored === rows) note(`${subject} ready ${database}`, ms / 1000);
  else
    notes.add(
      `${subject}: broken off after ${limitMs / 1000} s on ${database}, at ${stored.toLocaleString('en')} rows`,
    );
}
