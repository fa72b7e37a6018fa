import { cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { PGlite } from '@electric-sql/pglite';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { restoreBackup, type RestoreTarget } from '#server/backup/restore-backup.ts';
import { writeBackup } from '#server/backup/write-backup.ts';
import { migrate } from '#server/db/migrate.ts';
import { type Database, openDatabase } from '#server/db/open-database.ts';
import { createDailyCalls } from '#server/sources/daily-calls.ts';
import { startPostgres, type TestPostgres } from '#tests/helpers/start-postgres.ts';
import { temporaryFolder } from '#tests/helpers/temporary-folder.ts';
import { addTestMember, call, engines, type Engine, openServer, type ServerUnderTest } from './server-under-test.ts';
import { addSellers, mutation, pullPage, push, pushOne, TableCopy } from './sync-client.ts';

let postgres: TestPostgres;
const folder = temporaryFolder('backup');
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

let targets = 0;
async function newTarget(engine: Engine): Promise<RestoreTarget> {
  targets += 1;
  return {
    url: engine === 'postgres' ? await postgres.createDatabase() : undefined,
    folder: join(folder, `data-${targets}`),
  };
}

/** Text of every row of every table, as one moment shows them. */
async function contents({ db }: Database): Promise<Record<string, string[]>> {
  const { rows: tables } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public'
      and tablename not in ('schema_migrations', 'database_epoch') order by 1`.execute(db);
  const all: Record<string, string[]> = {};
  for (const { name } of tables) {
    const { rows } = await sql<{ row: string }>`
      select t::text as row from ${sql.table(name)} t order by 1`.execute(db);
    all[name] = rows.map(({ row }) => row);
  }
  return all;
}

/** A workspace with a past: every table has rows, texts and numbers that a careless copy would change. */
async function usedServer(
  engine: Engine,
): Promise<{ server: ServerUnderTest; member: Awaited<ReturnType<typeof addTestMember>> }> {
  const server = await openServer((await newTarget(engine)).url);
  const member = await addTestMember(server);
  const ids = await addSellers(member, [
    'näme',
    'two\u2028lines',
    '"quoted"\\',
    ...Array.from({ length: 300 }, (_, n) => `s${n}`),
  ]);
  await pushOne(member, { op: 'update', record_ids: ids.slice(0, 1), data: { note: 'a\nb\tc \u2029 \u{1f600}' } });
  await pushOne(member, {
    op: 'create',
    record_ids: [crypto.randomUUID()],
    data: { display_name: 'näme', feedback_percent: 0.1 + 0.2 },
  });
  await pushOne(member, { op: 'delete', record_ids: ids.slice(3, 5), data: { never_again: true } });
  const run = await member.send('POST', '/collection/runs', {
    category_ids: await someCategory(member),
    name: 'a run',
  });
  expect(run.status).toBe(201);
  const list = await member.send('POST', '/collection/runs', {
    products: [{ title: 'thing' }],
    product_source: 'list',
  });
  expect(list.status).toBe(201);
  const limit = { source: 'ebay-browse', key: 'a key', callsPerDay: 5000, timeZone: 'America/Los_Angeles' };
  await createDailyCalls(server.deps.database.db, Date.now, limit)();
  const category_ids = await someCategory(member);
  const preset = await member.send('POST', '/collection/presets', { name: 'a preset', category_ids });
  const times = { cron: '0 3 1 * *', time_zone: 'Europe/Berlin' };
  const schedule = await member.send('POST', '/collection/schedules', { name: 'a schedule', ...times, category_ids });
  const view = await member.send('POST', '/seller-views', {
    name: 'a view',
    columns: { order: ['no'], hidden: [], widths: {} },
  });
  expect([preset.status, schedule.status, view.status]).toEqual([201, 201, 201]);
  return { server, member };
}

async function someCategory(member: Awaited<ReturnType<typeof addTestMember>>): Promise<string[]> {
  const { body } = await member.get('/collection/categories');
  const { departments } = body as { departments: { categories: { id: string }[] }[] };
  return [departments[0]?.categories[0]?.id ?? ''];
}

const pairs = engines.flatMap((from) => engines.map((to) => [from, to] as const));

test.each(pairs)('a backup of %s restores into %s: every row, sign-in and result, in a new epoch', async (from, to) => {
  const { server, member } = await usedServer(from);
  const create = mutation({ op: 'create', record_ids: [crypto.randomUUID()], data: { display_name: 'sent before' } });
  await push(member, [create]);
  const { next_cursor: cursor } = await pullPage(member, 'sellers');
  const before = await contents(server.deps.database);
  expect(Object.entries(before).filter(([name, rows]) => rows.length === 0 && name !== 'verification')).toEqual([]);
  const file = join(folder, `${from}-${to}.backup`);
  await writeBackup(server.deps.database, file, Date.now());
  await server.close();

  const target = await newTarget(to);
  await restoreBackup(target, file);
  const restored = await openServer(target.url, target.folder);
  try {
    expect(await contents(restored.deps.database)).toEqual(before);
    const authorization = `Bearer ${member.token}`;
    const expired = await call(restored.app, 'GET', `/sync/sellers?cursor=${cursor}`, undefined, { authorization });
    expect([expired.status, expired.error?.details]).toEqual([410, { reason: 'epoch' }]);
    const again = {
      ...member,
      send: (method: string, path: string, body: unknown) => call(restored.app, method, path, body, { authorization }),
    };
    expect((await pushOne(again, create)).status).toBe('duplicate');
    // The counters are where they were, so new rows get new numbers.
    expect(
      (await pushOne(again, { op: 'create', record_ids: [crypto.randomUUID()], data: { display_name: 'new' } })).status,
    ).toBe('applied');
    await expect(restoreBackup({ ...target, folder: target.folder }, file)).rejects.toThrow(/not empty/);
  } finally {
    await restored.close();
  }
});

test('a backup while 4 clients write is of one moment', async () => {
  const server = await openServer(await postgres.createDatabase());
  const member = await addTestMember(server);
  await addSellers(
    member,
    Array.from({ length: 5000 }, (_, n) => `seller ${n}`),
  );
  let writing = true;
  const writers = Array.from({ length: 4 }, async (_, writer) => {
    for (let n = 0; writing; n += 1) await addSellers(member, [`made ${writer} ${n}`, `also ${writer} ${n}`]);
  });
  const file = join(folder, 'while-writing.backup');
  await writeBackup(server.deps.database, file, Date.now());
  const atEnd = new TableCopy();
  writing = false;
  await Promise.all(writers);
  await atEnd.drain(member, 'sellers', () => 10_000);
  await server.close();

  const target = await newTarget('postgres');
  await restoreBackup(target, file);
  const restored = await openServer(target.url);
  const { rows } = await sql<Record<string, number>>`
    select (select count(*) from sellers) as sellers, (select count(*) from mutations) as mutations,
      (select count(*) from activity) as activity,
      (select max(version) from (select version from sellers union all select version from activity) v) as version,
      (select value from counters where org_id = ${member.orgId} and name = 'version') as counter`.execute(
    restored.deps.database.db,
  );
  await restored.close();
  const { sellers = 0, mutations = 0, activity, version, counter } = rows[0] ?? {};
  expect([activity, version]).toEqual([mutations, counter]);
  expect(sellers).toBe(5000 + (mutations - 1) * 2);
  expect(sellers).toBeLessThanOrEqual(atEnd.rows.size);
});

describe.each(engines)('a file that is no whole backup, for %s', (engine) => {
  let good: Buffer;
  let target: RestoreTarget;
  beforeAll(async () => {
    const { server } = await usedServer(engine);
    const file = join(folder, `${engine}-good.backup`);
    await writeBackup(server.deps.database, file, Date.now());
    await server.close();
    good = await readFile(file);
    target = await newTarget(engine);
  });

  const changed = (change: (lines: string[]) => string[]): Buffer =>
    gzipSync(change(gunzipSync(good).toString().split('\n')).join('\n'));
  const header = (change: object) =>
    changed(([first = '', ...rest]) => [JSON.stringify({ ...(JSON.parse(first) as object), ...change }), ...rest]);

  const files: [string, () => Buffer, RegExp][] = [
    ['empty', () => Buffer.alloc(0), /cut short or damaged/],
    ['cut after a few bytes', () => good.subarray(0, 15), /cut short or damaged/],
    ['cut in the middle', () => good.subarray(0, good.length >> 1), /cut short or damaged/],
    ['cut before its last byte', () => good.subarray(0, -1), /cut short or damaged/],
    [
      'with a changed byte',
      () => Buffer.from(good.map((byte, at) => (at === good.length >> 1 ? byte ^ 1 : byte))),
      /damaged/,
    ],
    ['without its end', () => changed((lines) => lines.slice(0, -2).concat('')), /cut short or damaged/],
    ['without a line', () => changed((lines) => lines.toSpliced(3, 1)), /cut short or damaged/],
    ['with a line twice', () => changed((lines) => lines.toSpliced(3, 0, lines[3] ?? '')), /cut short or damaged/],
    [
      'of rows that the database refuses',
      () => changed((lines) => lines.map((line) => line.replaceAll('"name":"', '"name":null,"x":"'))),
      /./,
    ],
    ['of a newer form', () => header({ version: 2 }), /newer program/],
    ['of a newer schema', () => header({ schema: 9999 }), /newer program/],
    ['of another program', () => gzipSync('{"format":"other"}\n'), /not a backup/],
    ['of anything', () => Buffer.from('no gzip at all'), /not a backup/],
  ];

  test.each(files)('%s, is refused and leaves nothing', async (name, make, words) => {
    const file = join(folder, `${engine} ${name}`);
    await writeFile(file, make());
    await expect(restoreBackup(target, file)).rejects.toThrow(words);
    if (engine === 'pglite') expect(await readdir(target.folder).catch(() => [])).toEqual([]);
  });

  test('one that is not there is named, and after all that a good one goes in', async () => {
    await expect(restoreBackup(target, join(folder, 'nowhere'))).rejects.toThrow(/no file/);
    await restoreBackup(target, join(folder, `${engine}-good.backup`));
  });
});

/** An embedded database as release 0.1.0 left it, with its epoch among the settings. */
async function oldDatabase(folderOfIt?: string): Promise<{ old: PGlite; epoch: string }> {
  const old = await PGlite.create(folderOfIt);
  const migrations = (await readdir('server/migrations')).sort().slice(0, 4);
  await old.exec(
    'create table schema_migrations (number integer primary key, name text not null, hash text not null, applied_at timestamptz not null default current_timestamp)',
  );
  for (const [index, name] of migrations.entries()) {
    const text = await readFile(join('server/migrations', name));
    const hash = Buffer.from(await crypto.subtle.digest('SHA-256', text)).toString('hex');
    await old.exec(
      `begin; ${text.toString()}; insert into schema_migrations values (${index + 1}, '${name}', '${hash}'); commit`,
    );
  }
  const epoch = crypto.randomUUID();
  await old.exec(`insert into server_settings values ('cursor_secret', 'c'), ('auth_secret', 'a'), ('epoch', '${epoch}');
    insert into workspaces values (gen_random_uuid(), 'Old team', now())`);
  return { old, epoch };
}

/** Opens what a restore left, and answers its workspaces and its epoch. */
async function openRestored({ url, folder: data }: RestoreTarget): Promise<{ names: string[]; epoch: string }> {
  const server = await openServer(url, data);
  try {
    const { db } = server.deps.database;
    const workspaces = await db.selectFrom('workspaces').select('name').execute();
    const { id } = await db.selectFrom('database_epoch').select('id').executeTakeFirstOrThrow();
    if (workspaces.length > 0) expect(server.deps.settings.cursorSecret).toBe('c');
    return { names: workspaces.map(({ name }) => name), epoch: id };
  } finally {
    await server.close();
  }
}

test('a copy of an embedded database, as release 0.1.0 made them, restores into an embedded database alone', async () => {
  const { old, epoch } = await oldDatabase();
  const file = join(folder, 'release-0.1.0.tar.gz');
  await writeFile(file, new Uint8Array(await (await old.dumpDataDir('gzip')).arrayBuffer()));
  await old.close();
  await expect(restoreBackup(await newTarget('postgres'), file)).rejects.toThrow(/--data/);

  // What a killed restore leaves is in nobody's way.
  const target = await newTarget('pglite');
  await mkdir(join(target.folder, 'restoring', 'pg'), { recursive: true });
  await writeFile(join(target.folder, 'restoring', 'pg', 'PG_VERSION'), '17');
  await writeFile(
    join(target.folder, `lock.${crypto.randomUUID()}`),
    JSON.stringify({ pid: process.pid, started: '0' }),
  );
  // As a server finds it that starts after a kill at the first moment at which there is a database.
  const killed = await newTarget('pglite');
  const restoring = restoreBackup(target, file);
  while (!(await readdir(target.folder)).includes('pg')) await sleep(5);
  await cp(join(target.folder, 'pg'), join(killed.folder, 'pg'), { recursive: true });
  await restoring;
  expect(await readdir(target.folder)).toEqual(['pg']);
  for (const left of [killed, target]) {
    const restored = await openRestored(left);
    expect(restored.names).toEqual(['Old team']);
    expect(restored.epoch).not.toBe(epoch);
  }
});

test('a backup of a database of release 0.1.0, cut off after its rows, is in a new epoch all the same', async () => {
  const source = await newTarget('pglite');
  await mkdir(source.folder, { recursive: true });
  const { old, epoch } = await oldDatabase(join(source.folder, 'pg'));
  await old.close();
  const database = await openDatabase({ folder: source.folder });
  const file = join(folder, 'schema-4.backup');
  await writeBackup(database, file, Date.now());
  await database.close();

  const target = await newTarget('postgres');
  const before = await openDatabase({ url: target.url });
  // The first thing after the rows is the table of a newer schema.
  await before.script((run) =>
    run(`create function cut_off() returns event_trigger language plpgsql as $$ begin
        if current_query() like '%create table database_epoch%' then raise exception 'cut off'; end if; end $$;
      create event trigger cut_off on ddl_command_start execute function cut_off()`),
  );
  await expect(restoreBackup(target, file)).rejects.toThrow(/failed/);
  await before.script((run) => run('drop event trigger cut_off; drop function cut_off()'));
  await before.close();
  const restored = await openRestored(target);
  expect(restored.names).toEqual(['Old team']);
  expect(restored.epoch).not.toBe(epoch);
});

test('where no new epoch can begin, no row is restored', async () => {
  const { server } = await usedServer('pglite');
  const file = join(folder, 'no-epoch.backup');
  await writeBackup(server.deps.database, file, Date.now());
  await server.close();
  const target = await newTarget('postgres');
  const database = await openDatabase({ url: target.url });
  await migrate(database);
  await sql`create rule stays as on update to database_epoch do instead select 1 / 0`.execute(database.db);
  await expect(restoreBackup(target, file)).rejects.toThrow(/division by zero/);
  const rows = await contents(database);
  await database.close();
  expect(Object.values(rows).flat().length).toBe(0);
});
