import { beforeAll, describe, expect, test } from 'vitest';
import { sellerRunsAnswer } from '#lib/protocol/seller-runs.ts';
import { inOrg } from '#server/db/in-org.ts';
import { addTestMember, engines, type Member, useServer } from './server-under-test.ts';
import { mutation, pullPage, push, TableCopy } from './sync-client.ts';

type AnyRow = { id: string; version: number; deleted_at: string | null; run_id?: string | null };

describe.each(engines)('runs that have not ended, on %s', (engine) => {
  const server = useServer(engine);
  let owner: Member;
  let creator: Member;
  let colleague: Member;
  beforeAll(async () => {
    owner = await addTestMember(server.current);
    creator = await addTestMember(server.current, { orgId: owner.orgId, role: 'member' });
    colleague = await addTestMember(server.current, { orgId: owner.orgId, role: 'member' });
  });

  const copyOf = async (member: Member, table: string, copy = new TableCopy<AnyRow>()) => {
    await copy.drain(member, table);
    return copy;
  };

  test('reach their creator and holders of runs.manage; when they end, everybody, by the cursors they have', async () => {
    const colleagueRuns = await copyOf(colleague, 'collection-runs');
    const colleagueActivity = await copyOf(colleague, 'activity');
    // No engine runs here, so the run stays as it is until it is cancelled.
    const made = await creator.send('POST', '/collection/runs', {
      products: [{ title: 'a thing' }],
      product_source: 'list',
    });
    expect(made.status).toBe(201);
    const { id } = made.body as { id: string };

    for (const member of [owner, creator]) {
      expect((await copyOf(member, 'collection-runs')).rows.has(id)).toBe(true);
      const entries = [...(await copyOf(member, 'activity')).rows.values()];
      expect(entries.some(({ run_id }) => run_id === id)).toBe(true);
    }
    for (const [table, copy] of [
      ['collection-runs', colleagueRuns],
      ['activity', colleagueActivity],
    ] as const) {
      await copyOf(colleague, table, copy);
      expect(copy.rows.size).toBe(0);
      expect((await pullPage(colleague, table)).remaining).toBe(0);
    }
    expect((await colleague.get('/activity')).body).toMatchObject({ items: [] });

    expect((await creator.send('POST', `/collection/runs/${id}/cancel`, {})).status).toBe(200);
    await copyOf(colleague, 'collection-runs', colleagueRuns);
    await copyOf(colleague, 'activity', colleagueActivity);
    expect(colleagueRuns.rows.has(id)).toBe(true);
    const all = [...(await copyOf(owner, 'activity')).rows.values()].filter(({ run_id }) => run_id === id);
    expect(new Set(colleagueActivity.rows.keys())).toEqual(new Set(all.map((row) => row.id)));
  });

  test('are not among the runs that saw a seller, until they have ended', async () => {
    const seller = crypto.randomUUID();
    const { orgId } = owner;
    await push(owner, [mutation({ op: 'create', record_ids: [seller], data: { display_name: 'seen_often' } })]);
    const made: string[] = [];
    for (const at of [1, 2, 3]) {
      const body = { name: `run ${at}`, products: [{ title: 'a thing' }], product_source: 'list' };
      const { id } = (await creator.send('POST', '/collection/runs', body)).body as { id: string };
      made.push(id);
      await inOrg(server.current.deps.database.db, orgId, (tx) =>
        tx
          .insertInto('collection_items')
          .values({
            org_id: orgId,
            run_id: id,
            id: crypto.randomUUID(),
            type: 'ebay_seller',
            status: 'completed',
            external_id: 'seen_often',
            data: '{}',
            seller_id: seller,
            is_new: at === 1,
            created_at: new Date(Date.UTC(2026, 0, at)),
            updated_at: new Date(Date.UTC(2026, 0, at)),
          })
          .execute(),
      );
      if (at < 3) await creator.send('POST', `/collection/runs/${id}/cancel`, {});
    }
    const runsFor = async (who: Member, query = '') =>
      sellerRunsAnswer.parse((await who.get(`/sellers/${seller}/runs${query}`)).body);

    for (const member of [owner, creator])
      expect((await runsFor(member)).runs.map(({ name, is_new }) => [name, is_new])).toEqual([
        ['run 3', false],
        ['run 2', false],
        ['run 1', true],
      ]);
    expect((await runsFor(colleague)).runs).toMatchObject([
      { id: made[1], name: 'run 2', status: 'cancelled', seen_at: '2026-01-02T00:00:00.000Z' },
      { id: made[0] },
    ]);
    const first = await runsFor(owner, '?limit=2');
    expect(first.runs.map(({ id }) => id)).toEqual([made[2], made[1]]);
    const rest = await runsFor(owner, `?limit=2&cursor=${first.next_cursor}`);
    expect([rest.runs.map(({ id }) => id), rest.next_cursor]).toEqual([[made[0]], null]);
    expect((await colleague.get(`/sellers/${crypto.randomUUID()}/runs`)).status).toBe(404);
    const stranger = await addTestMember(server.current);
    expect((await stranger.get(`/sellers/${seller}/runs`)).status).toBe(404);
    await creator.send('POST', `/collection/runs/${made[2]}/cancel`, {});
    expect((await runsFor(colleague)).runs).toHaveLength(3);
  });
});
