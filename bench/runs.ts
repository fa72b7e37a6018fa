import { parseArgs } from 'node:util';
import pg from 'pg';
import { createWorkspace } from '#server/auth/workspaces.ts';
import { inOrg } from '#server/db/in-org.ts';
import { seedSellers } from '#server/seed-sellers.ts';
import { startPostgres } from '#tests/helpers/start-postgres.ts';
import { openRunDatabase } from '#tests/server-runs/run-world.ts';
import { bulkInsert } from './runs/bulk-insert.ts';
import { makePages, SELLERS_PER_SEARCH } from './runs/found-sellers.ts';
import { runEngine } from './runs/run-engine.ts';
import { packageVersions } from './shared/package-versions.ts';
import { writeReport } from './shared/report.ts';

/*
 * How many searches of 60 sellers a second the engine gets through on Postgres when the provider answers at
 * once, beside one bulk INSERT … ON CONFLICT of the same sellers, each on a fresh copy of the same list.
 */

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '3' },
    searches: { type: 'string', default: '3000' },
    subjects: { type: 'string', default: 'sellerdex,bulk-insert' },
  },
});
const rows = Number(values.rows);
const rounds = Number(values.rounds);
const searches = Number(values.searches);
const subjects = values.subjects.split(',');
const measures: Record<string, typeof runEngine> = { sellerdex: runEngine, 'bulk-insert': bulkInsert };

const postgres = await startPostgres();
try {
  const list = await postgres.createDatabase();
  const { orgId, names } = await fill(list);
  const pages = makePages(searches, names);
  const figures = new Map<string, number[]>(subjects.map((subject) => [subject, []]));
  for (let round = 1; round <= rounds; round += 1) {
    for (const subject of round % 2 === 1 ? subjects : subjects.toReversed()) {
      const seconds = await (measures[subject] ?? unknown(subject))(
        await copyOf(list, `${round}-${subject}`),
        orgId,
        pages,
      );
      process.stderr.write(`round ${round} ${subject} ${(searches / seconds).toFixed(1)} searches/s\n`);
      figures.get(subject)?.push(searches / seconds);
    }
  }
  await writeReport({
    name: 'runs',
    rows,
    rounds,
    subjects,
    versions: [...packageVersions('pg'), 'Postgres 18'],
    metrics: [
      {
        name: 'searches',
        unit: '/s',
        better: 'higher',
        says: `searches of ${SELLERS_PER_SEARCH} sellers written down`,
      },
    ],
    values: (subject) => figures.get(subject) ?? [],
    notes: [
      `${searches} searches in one run of one process, 20 at a time, the provider’s answer in 0 ms; a third of each page’s sellers is in the list, a third is found by most searches, a third is new`,
    ],
  });
} finally {
  await postgres.stop();
}

async function fill(url: string): Promise<{ orgId: string; names: string[] }> {
  const database = await openRunDatabase(url);
  const { db } = database.database;
  const orgId = await createWorkspace(db, 'Bench', Date.now);
  await seedSellers(db, { orgId, sellers: rows, seed: 1, now: Date.now() });
  const sellers = await inOrg(db, orgId, (tx) => tx.selectFrom('sellers').select('normalized_name').execute());
  await database.close();
  return { orgId, names: sellers.map(({ normalized_name }) => normalized_name) };
}

async function copyOf(url: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: url.replace(/[^/]*$/, 'postgres') });
  await client.connect();
  await client.query(`create database "${name}" template "${url.split('/').at(-1)}"`);
  await client.end();
  return url.replace(/[^/]*$/, name);
}

function unknown(subject: string): never {
  throw new Error(`There is no subject ${subject}`);
}
