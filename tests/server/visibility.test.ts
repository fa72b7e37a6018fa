import { beforeAll, describe, expect, test } from 'vitest';
import { addTestMember, engines, type Member, useServer } from './server-under-test.ts';
import { pullPage, TableCopy } from './sync-client.ts';

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
});
