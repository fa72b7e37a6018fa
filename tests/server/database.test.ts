import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { restoreBackup } from '#server/backup/restore-backup.ts';
import { writeBackup } from '#server/backup/write-backup.ts';
import { readConfig } from '#server/config.ts';
import { migrate } from '#server/db/migrate.ts';
import { openDatabase } from '#server/db/open-database.ts';
import { start } from '#server/start.ts';
import { startPostgres, type TestPostgres } from '#tests/helpers/start-postgres.ts';
import { temporaryFolder } from '#tests/helpers/temporary-folder.ts';
import { waitUntil } from '#tests/helpers/wait-until.ts';
import { addTestMember, call, openServer } from './server-under-test.ts';
import { addSellers, TableCopy } from './sync-client.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

test('several processes that start at once migrate once', async () => {
  const url = await postgres.createDatabase();
  const databases = await Promise.all(Array.from({ length: 4 }, () => openDatabase({ url })));
  const schemas = await Promise.all(databases.map((database) => migrate(database)));
  expect(new Set(schemas).size).toBe(1);
  const applied = await databases[0]?.script((run) => run('select count(*)::int as count from schema_migrations'));
  expect(applied).toEqual([{ count: schemas[0] }]);
  await Promise.all(databases.map((database) => database.close()));
});

test('several servers that start at once on an empty database make one owner', async () => {
  const url = await postgres.createDatabase();
  const config = readConfig(['--no-worker'], {
    DATABASE_URL: url,
    SELLERDEX_OWNER_EMAIL: 'owner@example.com',
    SELLERDEX_OWNER_PASSWORD: 'only one of these',
  });
  const servers = await Promise.all([1, 2, 3].map(() => start(config, () => undefined)));
  await Promise.all(servers.map((server) => server.stop()));
  const database = await openDatabase({ url });
  const [counts] = await database.script((run) =>
    run('select (select count(*)::int from workspaces) as workspaces, (select count(*)::int from members) as members'),
  );
  expect(counts).toEqual({ workspaces: 1, members: 1 });
  await database.close();
});

test('a migration that changed since, and a database of a newer program, stop the start', async () => {
  const database = await openDatabase({});
  await migrate(database);
  await database.script((run) =>
    run("insert into schema_migrations (number, name, hash) values (9999, 'later.sql', 'x')"),
  );
  await expect(migrate(database)).rejects.toThrow(/newer than this program/);
  await database.script((run) =>
    run(
      "delete from schema_migrations where number = 9999; update schema_migrations set hash = 'other' where number = 1",
    ),
  );
  await expect(migrate(database)).rejects.toThrow(/0001_core\.sql was changed/);
  await database.close();
});

test('a plain owner of the database, no superuser, can host it, and sees no rows outside a workspace', async () => {
  // On a Postgres of its own: there the roles are this owner's, not those of the tests above.
  const own = await startPostgres();
  const superuser = await own.createDatabase();
  const client = new pg.Client({ connectionString: superuser });
  await client.connect();
  const name = new URL(superuser).pathname.slice(1);
  await client.query(`create role host login password 'host' createrole`);
  await client.query(`alter database ${name} owner to host`);
  await client.query('alter schema public owner to host');
  await client.query('create database second owner host');
  await client.end();
  const url = new URL(superuser);
  url.username = 'host';
  url.password = 'host';
  const second = new URL(url);
  second.pathname = '/second';
  const server = await openServer(url.href);
  try {
    const member = await addTestMember(server);
    await addSellers(member, ['hosted']);
    const copy = new TableCopy();
    await copy.drain(member, 'sellers');
    expect([...copy.rows.values()].map(({ display_name }) => display_name)).toEqual(['hosted']);
    expect(await server.deps.database.db.selectFrom('sellers').select('id').execute()).toEqual([]);

    const file = join(temporaryFolder('host'), 'backup');
    await writeBackup(server.deps.database, file, Date.now());
    await restoreBackup({ url: second.href, folder: '' }, file);
    const restored = await openServer(second.href);
    const authorization = `Bearer ${member.token}`;
    const answer = await call(restored.app, 'GET', '/sellers', undefined, { authorization });
    expect(answer.body).toMatchObject({ items: [{ display_name: 'hosted' }] });
    await restored.close();
  } finally {
    await server.close();
    await own.stop();
  }
});

test('a change in one process is told to the subscribers of another', async () => {
  const url = await postgres.createDatabase();
  const [one, two] = await Promise.all([openServer(url), openServer(url)]);
  try {
    const member = await addTestMember(one);
    const stranger = await addTestMember(one);
    const heard: unknown[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    two.deps.hub.subscribe({ ...stranger, permissions: ['runs.manage'] }, (message) =>
      heard.push(['stranger', message]),
    );
    two.deps.hub.subscribe({ ...member, permissions: [] }, (message) => {
      heard.push(message);
      if (message.event === 'change' && message.data.table === 'activity') resolve();
    });
    await addSellers(member, ['told']);
    await promise;
    expect(heard).toEqual([
      { event: 'change', data: { table: 'sellers', version: 1 } },
      { event: 'change', data: { table: 'activity', version: 2 } },
    ]);
  } finally {
    await Promise.all([one.close(), two.close()]);
  }
});

test('a process that lost its ear to the others opens it again, and tells its subscribers to look for what they missed', async () => {
  const url = await postgres.createDatabase();
  const [one, two] = await Promise.all([openServer(url), openServer(url)]);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const listeners = "from pg_stat_activity where datname = current_database() and query like 'listen %'";
  try {
    const member = await addTestMember(one);
    const heard: unknown[] = [];
    two.deps.hub.subscribe({ ...member, permissions: [] }, (message) => heard.push(message));
    await addSellers(member, ['before']);
    await waitUntil('told of a change', () => heard.length === 2);
    for (let time = 1; time <= 2; time += 1) {
      heard.length = 0;
      expect((await client.query(`select pg_terminate_backend(pid) ${listeners}`)).rowCount).toBe(2);
      await waitUntil('told to look', () => heard.length === 3);
      const version = time * 2;
      expect(heard).toEqual(
        ['sellers', 'collection-runs', 'activity'].map((table) => ({ event: 'change', data: { table, version } })),
      );
      await waitUntil('both listen', async () => (await client.query(`select 1 ${listeners}`)).rowCount === 2);
      heard.length = 0;
      await addSellers(member, [`after ${time}`]);
      await waitUntil('told of a change', () => heard.length === 2);
      expect(heard).toContainEqual({ event: 'change', data: { table: 'sellers', version: version + 1 } });
    }
  } finally {
    await client.end();
    await Promise.all([one.close(), two.close()]);
  }
});
