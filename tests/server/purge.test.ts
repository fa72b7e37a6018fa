import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { lockCounter } from '#server/db/counters.ts';
import { inOrg } from '#server/db/in-org.ts';
import { purge, PURGE_BATCH } from '#server/db/purge.ts';
import { addTestMember, engines, type Member, useServer } from './server-under-test.ts';
import { addSellers, mutation, pullPage, push, pushOne, TableCopy } from './sync-client.ts';

const DAY = 24 * 60 * 60 * 1000;
const BATCHES = 3;

describe.each(engines)('purge on %s', (engine) => {
  const server = useServer(engine);
  const db = () => server.current.deps.database.db;

  const readMarks = (orgId: string) =>
    inOrg(db(), orgId, async (tx) => {
      const rows = await tx.selectFrom('sellers').select(['version', 'deleted_at']).execute();
      const counter = await tx
        .selectFrom('counters')
        .select('purge_floor')
        .where('name', '=', 'sellers')
        .executeTakeFirstOrThrow();
      const tombstones = rows.filter(({ deleted_at }) => deleted_at !== null).map(({ version }) => version);
      return { floor: counter.purge_floor, tombstones, live: rows.length - tombstones.length };
    });

  test('cut between its batches, floor and cursors are right, and the next one goes on', async () => {
    const member: Member = await addTestMember(server.current);
    const count = BATCHES * PURGE_BATCH;
    const ids = await addSellers(
      member,
      Array.from({ length: count + 100 }, (_, n) => `seller ${n}`),
    );
    const away = new TableCopy();
    await away.drain(member, 'sellers', () => 10_000);
    // Deleted in an order that is not that of the rows, several at a time.
    for (let part = 0; part < 6; part += 1) {
      await pushOne(member, { op: 'delete', record_ids: ids.slice(0, count).filter((_, n) => n % 6 === part) });
    }
    const { version: last = 0 } = await pushOne(member, {
      op: 'flag',
      record_ids: [ids.at(-1) ?? ''],
      data: { flagged: true },
    });
    const upToDate = new TableCopy();
    await upToDate.drain(member, 'sellers', () => 10_000);

    const later = server.current.clock.now() + 31 * DAY;
    for (let cut = 1; cut <= BATCHES + 1; cut += 1) {
      // One batch of this workspace at each time; the others have nothing to purge.
      const before = (await readMarks(member.orgId)).tombstones;
      let allowed = true;
      await purge(db(), later, {
        goOn: () => {
          const was = allowed;
          allowed = was && cut > BATCHES;
          return was;
        },
      });
      const { floor, tombstones, live } = await readMarks(member.orgId);
      expect(tombstones.length).toBe(Math.max(0, before.length - PURGE_BATCH));
      expect(live).toBe(100);
      // What is gone lies at or below the floor, so a cursor that may go on has missed none of it.
      const left = new Set(tombstones);
      expect(Math.max(0, ...before.filter((version) => !left.has(version)))).toBeLessThanOrEqual(floor);
      expect(floor).toBeLessThan(last);
      const expired = await member.get(`/sync/sellers?include_deleted=true&cursor=${away.cursor}`);
      expect(expired.error).toMatchObject({ code: 'cursor_expired', details: { reason: 'purged' } });
      await upToDate.drain(member, 'sellers');
      const fresh = new TableCopy();
      await fresh.drain(member, 'sellers', () => 10_000);
      expect(new Set(upToDate.rows.keys())).toEqual(new Set(fresh.rows.keys()));
    }
    expect((await readMarks(member.orgId)).tombstones).toEqual([]);
  });

  test('results and aliases of 90 days ago are forgotten in batches, younger ones are kept', async () => {
    const member = await addTestMember(server.current);
    const [id = ''] = await addSellers(member, ['known']);
    const alias = crypto.randomUUID();
    const again = mutation({ op: 'create', record_ids: [alias], data: { display_name: 'known' } });
    await pushOne(member, again);
    const count = () =>
      inOrg(db(), member.orgId, async (tx) => ({
        mutations: (await tx.selectFrom('mutations').select('id').execute()).length,
        aliases: (await tx.selectFrom('id_aliases').select('alias').execute()).length,
      }));
    await purge(db(), server.current.clock.now() + 89 * DAY);
    expect(await count()).toEqual({ mutations: 2, aliases: 1 });
    expect((await pushOne(member, again)).status).toBe('duplicate');
    await purge(db(), server.current.clock.now() + 91 * DAY);
    expect(await count()).toEqual({ mutations: 0, aliases: 0 });
    // Judged anew, it meets the same row.
    expect(await push(member, [again])).toMatchObject([{ status: 'applied', records: [{ id, requested_id: alias }] }]);
    expect((await pullPage(member, 'sellers')).items).toHaveLength(1);
  });
});

describe('a workspace whose counter another holds', () => {
  // Two writers at a time need a database of many connections.
  const server = useServer('postgres');
  const db = () => server.current.deps.database.db;
  const later = () => server.current.clock.now() + 31 * DAY;

  async function whileHeld(orgId: string, work: () => Promise<void>): Promise<void> {
    await inOrg(db(), orgId, async (tx) => {
      await lockCounter(tx, orgId);
      await work();
    });
  }

  async function withTombstone(): Promise<Member> {
    const member = await addTestMember(server.current);
    await pushOne(member, { op: 'delete', record_ids: await addSellers(member, ['gone']) });
    return member;
  }

  const sellersLeft = async (orgId: string) =>
    (await inOrg(db(), orgId, (tx) => tx.selectFrom('sellers').select('id').execute())).length;

  test('does not keep the purge from the others, and is named', async () => {
    const members = [await withTombstone(), await withTombstone(), await withTombstone()];
    const [, busy] = members;
    if (busy === undefined) throw new Error('no member');
    const warnings: Record<string, unknown>[] = [];
    await whileHeld(busy.orgId, async () => {
      const purged = purge(db(), later(), { log: (_level, _text, facts = {}) => warnings.push(facts) });
      await expect(purged).rejects.toThrow(/1 of \d+ workspaces/);
    });
    expect(warnings).toMatchObject([{ org_id: busy.orgId, error: expect.stringContaining('AppError') as string }]);
    expect(await Promise.all(members.map(({ orgId }) => sellersLeft(orgId)))).toEqual([0, 1, 0]);
    await purge(db(), later());
    expect(await sellersLeft(busy.orgId)).toBe(0);
  });

  test('is not waited for when there is nothing to purge', async () => {
    const member = await addTestMember(server.current);
    await addSellers(member, ['live']);
    await whileHeld(member.orgId, () => purge(db(), later()));
  });

  test('a tombstone restored while the purge waits is kept', async () => {
    const member = await addTestMember(server.current);
    const ids = await addSellers(member, ['restored', 'gone']);
    await pushOne(member, { op: 'delete', record_ids: ids });
    let purged: Promise<void> | undefined;
    await inOrg(db(), member.orgId, async (tx) => {
      await lockCounter(tx, member.orgId);
      purged = purge(db(), later());
      await sleep(500);
      await tx
        .updateTable('sellers')
        .set({ deleted_at: null })
        .where('id', '=', ids[0] ?? '')
        .execute();
    });
    await purged;
    expect((await pullPage(member, 'sellers')).items).toMatchObject([{ id: ids[0] }]);
    expect(await sellersLeft(member.orgId)).toBe(1);
  });
});
