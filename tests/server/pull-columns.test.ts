import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { COLUMNS_TYPE, pullAnswer, pullColumns, type PullAnswer, type PullColumns } from '#lib/protocol/pull.ts';
import type { TableDeclaration } from '#lib/tables/define-table.ts';
import { type TableName, tableNames, tables } from '#lib/tables/index.ts';
import { rowToWire } from '#lib/tables/row-conversion.ts';
import { inOrg } from '#server/db/in-org.ts';
import { insertRows } from '#server/sync/sql/insert-rows.ts';
import { anyRows } from '#tests/helpers/any-rows.ts';
import { byColumns } from '#tests/helpers/by-columns.ts';
import { soakRuns } from '#tests/helpers/soak-runs.ts';
import { addTestMember, engines, type Member, useServer } from './server-under-test.ts';
import { addSellers, pullPage, pushOne } from './sync-client.ts';

type Row = Record<string, unknown>;

/** What a database of UTF-8 can hold, and JSON can say. */
function storable(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\0', '').toWellFormed();
  if (Array.isArray(value)) return value.map(storable);
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? 0 : value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [storable(key), storable(part)]));
}

/** Rows that the table takes: numbered, live names that differ, counts of 32 bits; change numbers from `after` on, far apart. */
function fitting(table: TableDeclaration, rows: readonly Row[], after: number): Row[] {
  return rows.map((row, at) => {
    const fitted = Object.entries(storable(row) as Row).map(([name, value]) =>
      table.columns[name]?.kind === 'integer' && value !== null ? [name, Number(value) | 0] : [name, value],
    );
    const own = { no: at + 1, version: after + (at + 1) * 2 ** 33, id: crypto.randomUUID() };
    const name =
      'normalized_name' in row ? { normalized_name: `${String(storable(row['normalized_name']))}${at}` } : {};
    return rowToWire(table, { ...Object.fromEntries(fitted), ...own, ...name } as never);
  });
}

const withoutTime = <Page extends { server_time: string }>({ server_time: _time, ...page }: Page) => page;

describe.each(engines)('pull by columns on %s', (engine) => {
  const server = useServer(engine);

  /** The page in both forms; the columns are those of the rows. */
  async function pullBoth(member: Member, table: TableName, query: string): Promise<PullAnswer> {
    const path = `/sync/${table}?${query}`;
    const rows = await member.get(path, { accept: 'application/json' });
    const columns = await member.get(path, { accept: COLUMNS_TYPE });
    expect([rows.headers.get('content-type'), columns.headers.get('content-type')]).toEqual([
      'application/json',
      COLUMNS_TYPE,
    ]);
    const page = pullAnswer.parse(rows.body);
    expect(withoutTime(pullColumns.parse(columns.body))).toEqual(withoutTime(byColumns(table, page)));
    return page;
  }

  test.each(tableNames)('%s: any rows, tombstones included, are the same in both forms', async (name) => {
    const table: TableDeclaration = tables[name];
    const member = await addTestMember(server.current);
    const { db } = server.current.deps.database;
    let version = 0;
    const replaceRows = (rows: readonly Row[]): Promise<void> =>
      inOrg(db, member.orgId, async (tx) => {
        await sql`delete from ${sql.table(table.sql)} where org_id = ${member.orgId}`.execute(tx);
        await insertRows(tx, { orgId: member.orgId, table }, rows);
        version = Math.max(version, ...rows.map((row) => Number(row['version'])));
        await sql`insert into counters (org_id, name, value) values (${member.orgId}, 'version', ${version})
          on conflict (org_id, name) do update set value = excluded.value`.execute(tx);
      });
    await fc.assert(
      fc.asyncProperty(anyRows(table), fc.integer({ min: 1, max: 30 }), async (made, limit) => {
        await replaceRows([]);
        const { next_cursor: cursor } = await pullBoth(member, name, '');
        const rows = fitting(table, made, version);
        await replaceRows(rows);
        const changes = await pullBoth(member, name, `cursor=${cursor}&include_deleted=true&limit=${limit}`);
        expect(changes.items).toEqual(rows.slice(0, limit));
        const live = rows.filter((row) => row['deleted_at'] === null).toReversed();
        const snapshot = await pullBoth(member, name, `limit=${limit}`);
        expect(snapshot.items).toEqual(live.slice(0, limit));
        expect(snapshot.has_more).toBe(live.length > limit);
      }),
      { numRuns: soakRuns(15) },
    );
  });

  test('whoever follows the columns of a snapshot and its changes has all rows', async () => {
    const member = await addTestMember(server.current);
    const ids = await addSellers(member, ['a', 'b', 'c', 'd', 'e']);
    const first = await pullBoth(member, 'sellers', 'limit=2&include_deleted=true');
    await pushOne(member, { op: 'delete', record_ids: ids.slice(0, 1) });
    const names: unknown[] = [];
    for (let cursor = first.next_cursor; ;) {
      const answer = await member.get(`/sync/sellers?cursor=${cursor}&limit=2&include_deleted=true`, {
        accept: `${COLUMNS_TYPE}, application/json;q=0.9`,
      });
      const page: PullColumns = pullColumns.parse(answer.body);
      names.push(...(page.columns['display_name'] ?? []));
      if (!page.has_more) break;
      cursor = page.next_cursor;
    }
    expect([first.items.map((row) => row['display_name']), names]).toEqual([
      ['e', 'd'],
      ['c', 'b', 'a'],
    ]);
  });

  test('pages longer than what is made at a time have every row once, in both forms', async () => {
    const member = await addTestMember(server.current);
    const count = 5100;
    await addSellers(
      member,
      Array.from({ length: count }, (_, at) => `Verkäufer "${at}" 店`),
    );
    const newest = Array.from({ length: count }, (_, at) => count - at);
    for (const limit of [499, 500, 501, 1000, 5099, 5100, 5101, 10_000]) {
      const page = await pullBoth(member, 'sellers', `limit=${limit}`);
      expect(page.items.map((row) => row['no'])).toEqual(newest.slice(0, limit));
      expect([page.has_more, page.remaining]).toEqual([limit < count, Math.max(count - limit, 0)]);
      const next = await pullBoth(member, 'sellers', `limit=10000&cursor=${page.next_cursor}`);
      expect(next.items.map((row) => row['no'])).toEqual(newest.slice(limit));
      expect([next.has_more, next.remaining]).toEqual([false, 0]);
    }
  });

  test('rows that are gone leave no gap in a long page, of changes neither', async () => {
    const member = await addTestMember(server.current);
    const begun = await pullBoth(member, 'sellers', '');
    const ids = await addSellers(
      member,
      Array.from({ length: 1500 }, (_, at) => `${at}`),
    );
    await pushOne(member, { op: 'delete', record_ids: ids.filter((_, at) => at % 3 === 1) });
    const numbers = (page: PullAnswer) => page.items.map((row) => Number(row['no']));
    const live = ids.map((_, at) => at + 1).filter((no) => no % 3 !== 2);
    const snapshot = await pullBoth(member, 'sellers', 'limit=999');
    expect([numbers(snapshot), snapshot.has_more]).toEqual([live.toReversed().slice(0, 999), true]);
    const changes = await pullBoth(member, 'sellers', `limit=501&cursor=${begun.next_cursor}`);
    expect([numbers(changes), changes.has_more]).toEqual([live.slice(0, 501), true]);
    const rest = await pullBoth(member, 'sellers', `limit=499&cursor=${changes.next_cursor}`);
    expect([numbers(rest), rest.has_more]).toEqual([live.slice(501), false]);
  });

  test('a workspace sees its own rows alone', async () => {
    const [one, other] = [await addTestMember(server.current), await addTestMember(server.current)];
    await addSellers(one, ['mine']);
    expect((await pullBoth(other, 'sellers', '')).items).toEqual([]);
    expect((await pullBoth(one, 'sellers', '')).items).toHaveLength(1);
  });
});

describe('what a pull is answered in', () => {
  const server = useServer('pglite');
  const ask = (member: Member, headers: Record<string, string>, path = '/sync/sellers') =>
    server.current.app.request(path, { headers: { authorization: `Bearer ${member.token}`, ...headers } });

  test.each([
    [undefined, 'application/json'],
    ['*/*', 'application/json'],
    ['application/*', 'application/json'],
    ['text/html', 'application/json'],
    ['application/json', 'application/json'],
    [COLUMNS_TYPE, COLUMNS_TYPE],
    [COLUMNS_TYPE.toUpperCase(), COLUMNS_TYPE],
    [`${COLUMNS_TYPE}, application/json;q=0.9`, COLUMNS_TYPE],
    [`application/json;q=0.5,${COLUMNS_TYPE} ; q=0.8`, COLUMNS_TYPE],
    [`application/json, ${COLUMNS_TYPE};q=0.2`, 'application/json'],
    [`application/json, ${COLUMNS_TYPE};q=0`, 'application/json'],
    [`${COLUMNS_TYPE};q=many`, 'application/json'],
    [`${COLUMNS_TYPE}x`, 'application/json'],
  ])('Accept: %s', async (accept, type) => {
    const member = await addTestMember(server.current);
    const answer = await ask(member, accept === undefined ? {} : { accept });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type]);
    const vary = (answer.headers.get('vary') ?? '').split(',').map((name) => name.trim());
    expect(vary).toEqual(expect.arrayContaining(['Accept', 'Accept-Encoding', 'Origin']));
    expect(Object.keys((await answer.json()) as object)[0]).toBe(type === COLUMNS_TYPE ? 'columns' : 'items');
  });

  test('errors are JSON, whatever is accepted', async () => {
    const member = await addTestMember(server.current);
    const answer = await ask(member, { accept: COLUMNS_TYPE }, '/sync/sellers?cursor=x');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'application/json']);
  });

  test.each([
    ['gzip, deflate, br, zstd', 'zstd'],
    ['gzip, deflate', 'gzip'],
    ['zstd;q=0.1, gzip;q=0.9', 'gzip'],
    ['gzip;q=0, zstd;q=0', null],
    ['br', null],
    ['identity', null],
  ])('Accept-Encoding: %s', async (accepted, encoding) => {
    const member = await addTestMember(server.current);
    await addSellers(
      member,
      Array.from({ length: 40 }, (_, at) => `Verkäufer ${at} 店`),
    );
    const plain = pullAnswer.parse(await (await ask(member, {})).json());
    for (const accept of ['application/json', COLUMNS_TYPE]) {
      const answer = await ask(member, { accept, 'accept-encoding': accepted });
      expect(answer.headers.get('content-encoding')).toBe(encoding);
      const bytes = Buffer.from(await answer.arrayBuffer());
      const unpacked =
        encoding === 'gzip' ? gunzipSync(bytes) : encoding === 'zstd' ? zstdDecompressSync(bytes) : bytes;
      const body = JSON.parse(unpacked.toString()) as PullAnswer;
      const expected = accept === COLUMNS_TYPE ? byColumns('sellers', plain) : plain;
      expect(withoutTime(body)).toEqual(withoutTime(expected));
      if (encoding !== null) expect(bytes.length).toBeLessThan(unpacked.length / 2);
    }
  });

  test('a small answer is not compressed', async () => {
    const member = await addTestMember(server.current);
    const answer = await ask(member, { 'accept-encoding': 'gzip, zstd' });
    expect(answer.headers.get('content-encoding')).toBeNull();
    expect((await pullPage(member, 'sellers')).items).toEqual([]);
  });

  test('the API says both forms', async () => {
    const document = (await (await server.current.app.request('/openapi.json')).json()) as {
      paths: Record<string, { get: { responses: Record<string, { content: object }> } }>;
    };
    const content = document.paths['/sync/{table}']?.get.responses['200']?.content ?? {};
    expect(Object.keys(content)).toEqual(['application/json', COLUMNS_TYPE]);
  });
});
