import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inOrg, inSystem } from '#server/db/in-org.ts';
import { openDeps } from '#server/open-deps.ts';
import { emptyDatabase } from '#tests/helpers/empty-database.ts';
import type { TestPostgres } from '#tests/helpers/start-postgres.ts';
import { startPostgres } from '#tests/helpers/start-postgres.ts';
import { sql } from 'kysely';
import { createDailyCalls } from './daily-calls.ts';

type Opened = Awaited<ReturnType<typeof openDeps>>;

const evening = Date.parse('2026-11-21T07:30:00Z');
const hour = 3_600_000;

describe.each(['the embedded database', 'PostgreSQL'])('calls of a day counted in %s', (engine) => {
  let postgres: TestPostgres | undefined;
  let opened: Opened[] = [];
  beforeAll(async () => {
    if (engine === 'PostgreSQL') postgres = await startPostgres();
    const url = await postgres?.createDatabase();
    // Two processes share a PostgreSQL server.
    const restore = url === undefined ? await emptyDatabase() : undefined;
    const open = () => openDeps({ url, restore }, Date.now, () => undefined);
    opened = postgres ? [await open(), await open()] : [await open()];
  });
  afterAll(async () => {
    await Promise.all(opened.map((each) => each.close()));
    await postgres?.stop();
  });

  const counter = (at: number, key: string, callsPerDay: number, now: () => number = () => evening) => {
    const deps = opened[at % opened.length] ?? expect.fail();
    const limit = { source: 'ebay-browse', key, callsPerDay, timeZone: 'America/Los_Angeles' };
    return createDailyCalls(deps.database.db, now, limit);
  };
  const rows = async () => {
    const { db } = (opened[0] ?? expect.fail()).database;
    const query = sql<{ key_hash: string; day: string; calls: number }>`
      select key_hash, day::text, calls from provider_calls order by day, calls`;
    return (await inSystem(db, (tx) => query.execute(tx))).rows;
  };

  it('never gives more than there are, to however many that ask at once', async () => {
    const takers = Array.from({ length: 60 }, (_, at) => counter(at, 'shared', 25));
    const results = await Promise.allSettled(takers.map((take) => take()));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(25);
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
    const quota = { code: 'quota', details: { resets_at: Date.parse('2026-11-21T08:00:00Z'), calls_per_day: 25 } };
    expect(refused).toHaveLength(35);
    for (const reason of refused) expect(reason).toMatchObject(quota);
    expect(String(refused[0])).toContain('new ones at 08:00 UTC');
  });

  it('counts each key for itself, without keeping it, and begins again with the provider’s day', async () => {
    let now = evening;
    const first = counter(0, 'key-one', 1, () => now);
    const second = counter(1, 'key-two', 1, () => now);
    await first();
    await second();
    await expect(first()).rejects.toMatchObject({ code: 'quota' });
    now += hour;
    await first();
    await expect(first()).rejects.toMatchObject({ code: 'quota' });
    expect(JSON.stringify(await rows())).not.toMatch(/key-one|key-two|shared/);
    await expect(counter(0, 'key-three', 0)()).rejects.toMatchObject({ code: 'quota' });
  });

  it('forgets days that are long past', async () => {
    const before = await rows();
    await counter(0, 'key-one', 5, () => evening + 60 * 24 * hour)();
    const after = await rows();
    expect(before.length).toBeGreaterThan(1);
    expect(after).toMatchObject([{ day: '2027-01-19', calls: 1 }]);
  });

  it('is nothing that a workspace can read', async () => {
    const { db } = (opened[0] ?? expect.fail()).database;
    const reading = inOrg(db, crypto.randomUUID(), (tx) => sql`select * from provider_calls`.execute(tx));
    await expect(reading).rejects.toThrow(/permission denied/);
  });
});
