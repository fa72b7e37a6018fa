import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pullAnswer } from '#lib/protocol/pull.ts';
import { tables } from '#lib/tables/index.ts';
import type { WireSeller } from '#lib/tables/sellers.ts';
import type { Columns } from '#lib/tables/columns.ts';
import { rowSchema } from '#lib/tables/wire-schemas.ts';
import { inOrg } from '#server/db/in-org.ts';
import { purge } from '#server/db/purge.ts';
import { beginEpoch } from '#server/db/server-settings.ts';
import { openServer, addTestMember, engines, useServer } from './server-under-test.ts';
import { addSellers, pullPage, push, pushOne, TableCopy } from './sync-client.ts';

const DAY = 24 * 60 * 60 * 1000;

describe.each(engines)('pull on %s', (engine) => {
  const server = useServer(engine);
  const newMember = () => addTestMember(server.current);
  const get = (path: string, member: Awaited<ReturnType<typeof newMember>>) => member.get(path);

  test('an empty table answers at once, with a cursor', async () => {
    const member = await newMember();
    const page = await pullPage(member, 'sellers');
    expect(page).toMatchObject({ items: [], has_more: false, remaining: 0 });
    expect(page.next_cursor).toMatch(/^[A-Za-z0-9_.-]+$/);
    expect(Math.abs(Date.parse(page.server_time) - Date.now())).toBeLessThan(60_000);
  });

  test('a snapshot has the live rows, newest first, over several pages; then changes ascending', async () => {
    const member = await newMember();
    const ids = await addSellers(member, ['a', 'b', 'c', 'd', 'e']);
    await pushOne(member, { op: 'delete', record_ids: ids.slice(1, 2) });
    const first = await pullPage(member, 'sellers', { limit: 3 });
    expect(first.items.map(({ no }) => no)).toEqual([5, 4, 3]);
    expect(first).toMatchObject({ has_more: true, remaining: 1 });
    const second = await pullPage(member, 'sellers', { limit: 3, cursor: first.next_cursor });
    expect(second.items.map(({ no }) => no)).toEqual([1]);
    expect(second).toMatchObject({ has_more: false, remaining: 0 });

    await pushOne(member, { op: 'flag', record_ids: [ids[4] ?? '', ids[0] ?? ''], data: { flagged: true } });
    const changes = await pullPage(member, 'sellers', { cursor: second.next_cursor });
    expect(changes.items.map(({ no, version }) => [no, version])).toEqual([
      [1, 9],
      [5, 10],
    ]);
  });

  test('a page that is exactly full has nothing more behind it', async () => {
    const member = await newMember();
    await addSellers(member, ['a', 'b', 'c']);
    const page = await pullPage(member, 'sellers', { limit: 3 });
    expect(page).toMatchObject({ has_more: false, remaining: 0 });
  });

  test('what changes during the snapshot arrives after it', async () => {
    const member = await newMember();
    const ids = await addSellers(member, ['a', 'b', 'c', 'd']);
    const copy = new TableCopy();
    copy.take(await pullPage(member, 'sellers', { limit: 2, deleted: true }));
    await push(member, [
      { op: 'delete', record_ids: [ids[3] ?? ''] },
      { op: 'flag', record_ids: [ids[0] ?? ''], data: { flagged: true } },
      { op: 'create', record_ids: [crypto.randomUUID()], data: { display_name: 'late' } },
    ]);
    await copy.drain(member, 'sellers', () => 2);
    expect([...copy.rows.values()].map(({ display_name, flagged }) => [display_name, flagged]).sort()).toEqual([
      ['a', true],
      ['b', false],
      ['c', false],
      ['late', false],
    ]);
  });

  test('include_deleted adds tombstones to the changes; without it they are left out', async () => {
    const member = await newMember();
    const [id = ''] = await addSellers(member, ['gone']);
    const { next_cursor: cursor } = await pullPage(member, 'sellers');
    await pushOne(member, { op: 'delete', record_ids: [id] });
    const without = await pullPage(member, 'sellers', { cursor });
    expect(without).toMatchObject({ items: [], has_more: false, remaining: 0 });
    const withThem = await pullPage(member, 'sellers', { cursor, deleted: true });
    expect(withThem.items).toMatchObject([{ id, deleted_at: expect.any(String) }]);
  });

  test('rows have the declared shape, in every table', async () => {
    const member = await newMember();
    await pushOne(member, {
      op: 'create',
      record_ids: [crypto.randomUUID()],
      data: {
        display_name: 'Ünïcode "quoted" \\ 店',
        note: 'line\nbreak',
        feedback_percent: 99.7,
        feedback_count: 12,
        item_count: 0,
      },
    });
    for (const table of ['sellers', 'activity'] as const) {
      const answer = await get(`/sync/${table}`, member);
      const { items } = pullAnswer.parse(answer.body);
      expect(items).toHaveLength(1);
      for (const row of items) expect(rowSchema<Columns>(tables[table]).safeParse(row).error).toBeUndefined();
    }
  });

  test('a cursor belongs to its table, workspace and rights; a changed byte is refused', async () => {
    const member = await newMember();
    const other = await newMember();
    await addSellers(member, ['a']);
    const { next_cursor: cursor } = await pullPage(member, 'sellers');
    const codeOf = async (path: string, who = member) => {
      const { status, error } = await who.get(path);
      return [status, error?.code];
    };
    expect(await codeOf(`/sync/activity?cursor=${cursor}`)).toEqual([400, 'invalid_cursor']);
    expect(await codeOf(`/sync/sellers?cursor=${cursor}`, other)).toEqual([400, 'invalid_cursor']);
    for (let at = 0; at < cursor.length; at += 1) {
      const changed = cursor.slice(0, at) + (cursor[at] === 'A' ? 'B' : 'A') + cursor.slice(at + 1);
      expect(await codeOf(`/sync/sellers?cursor=${changed}`), `byte ${at}`).toEqual([400, 'invalid_cursor']);
    }
    expect(await codeOf('/sync/sellers?cursor=')).toEqual([400, 'invalid_cursor']);
    expect(await codeOf('/sync/sellers?cursor=%00')).toEqual([400, 'invalid_request']);
    const { db } = server.current.deps.database;
    await db.updateTable('members').set({ role: 'member' }).where('user_id', '=', member.userId).execute();
    expect(await codeOf(`/sync/sellers?cursor=${cursor}`)).toEqual([410, 'cursor_expired']);
  });

  test('a cursor below the purge floor, ahead of the server or of another epoch has expired', async () => {
    const own = await openServer(await server.newDatabase());
    try {
      const member = await addTestMember(own);
      const [id = ''] = await addSellers(member, ['old', 'kept']);
      const { next_cursor: early } = await pullPage(member, 'sellers');
      const { next_cursor: earlyActivity } = await pullPage(member, 'activity');
      await pushOne(member, { op: 'delete', record_ids: [id] });
      const { next_cursor: late } = await pullPage(member, 'sellers', { cursor: early });
      await purge(own.deps.database.db, own.clock.now() + 29 * DAY);
      expect((await member.get(`/sync/sellers?cursor=${early}`)).status).toBe(200);
      await purge(own.deps.database.db, own.clock.now() + 31 * DAY);
      expect((await member.get(`/sync/sellers?cursor=${early}`)).error?.code).toBe('cursor_expired');
      expect((await member.get(`/sync/sellers?cursor=${late}`)).status).toBe(200);
      expect((await member.get(`/sync/activity?cursor=${earlyActivity}`)).status).toBe(200);

      await inOrg(own.deps.database.db, member.orgId, (tx) =>
        tx
          .updateTable('counters')
          .set({ value: 1 })
          .where('org_id', '=', member.orgId)
          .where('name', '=', 'version')
          .execute(),
      );
      expect((await member.get(`/sync/sellers?cursor=${late}`)).error?.code).toBe('cursor_expired');

      const { next_cursor: now } = await pullPage(member, 'activity');
      await beginEpoch(own.deps.database.db);
      const { status, error } = await member.get(`/sync/activity?cursor=${now}`);
      expect([status, error?.code, error?.details]).toEqual([410, 'cursor_expired', { reason: 'epoch' }]);
      const { next_cursor: fresh } = await pullPage(member, 'activity');
      expect((await member.get(`/sync/activity?cursor=${fresh}`)).status).toBe(200);
    } finally {
      await own.close();
    }
  });

  test.each([
    ['limit=0', 'limit'],
    ['limit=10001', 'limit'],
    ['limit=ten', 'limit'],
    ['include_deleted=maybe', 'include_deleted'],
    ['since=1', 'since'],
  ])('?%s is a 400 that names the path', async (query, path) => {
    const member = await newMember();
    const { status, error } = await member.get(`/sync/sellers?${query}`);
    expect([status, error?.code]).toEqual([400, 'invalid_request']);
    expect(error?.details['problems']).toMatchObject([{ path }]);
  });

  test('a table that does not exist is a 404', async () => {
    const member = await newMember();
    expect((await member.get('/sync/secrets')).status).toBe(404);
    expect((await member.get('/sync/__proto__')).status).toBe(404);
  });

  test('with any limits and any edits between the pages, a client ends with the server’s live rows', async () => {
    const member = await newMember();
    let ids = await addSellers(
      member,
      Array.from({ length: 60 }, (_, n) => `row ${n}`),
    );
    const step = fc.record({
      limit: fc.integer({ min: 1, max: 40 }),
      edit: fc.constantFrom('flag', 'delete', 'restore', 'create', 'none'),
      at: fc.nat(),
      count: fc.integer({ min: 1, max: 8 }),
    });
    let names = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), fc.boolean(), async (steps, flagged) => {
        const copy = new TableCopy();
        for (const { limit, edit, at, count } of steps) {
          copy.take(
            await pullPage(member, 'sellers', {
              limit,
              deleted: true,
              ...(copy.cursor === undefined ? {} : { cursor: copy.cursor }),
            }),
          );
          const chosen = ids.slice(at % ids.length, (at % ids.length) + count);
          if (edit === 'create')
            ids = [
              ...ids,
              ...(await addSellers(
                member,
                chosen.map(() => `new ${(names += 1)}`),
              )),
            ];
          else if (edit !== 'none')
            await pushOne(member, { op: edit, record_ids: chosen, data: edit === 'flag' ? { flagged } : {} });
        }
        await copy.drain(member, 'sellers', () => 7);
        const fresh = new TableCopy();
        await fresh.drain(member, 'sellers');
        expect(sorted(copy)).toEqual(sorted(fresh));
      }),
      { numRuns: 15, verbose: fc.VerbosityLevel.Verbose },
    );
  });
});

function sorted(copy: TableCopy): WireSeller[] {
  return [...copy.rows.values()].sort((a, b) => a.no - b.no);
}
