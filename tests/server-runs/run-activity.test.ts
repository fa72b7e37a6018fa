import { describe, expect, it } from 'vitest';
import type { Who } from '#server/http/app-env.ts';
import { inOrg } from '#server/db/in-org.ts';
import { steerRun } from '#server/runs/steer-run.ts';
import { visibleRows } from '#server/sync/visible-rows.ts';
import { sql } from 'kysely';
import type { World } from './run-world.ts';
import { openWorld } from './run-world.ts';
import { listOf, scriptedSource } from './scripted-source.ts';
import { useWorld } from './use-world.ts';

describe('the audit trail of a run', () => {
  let world: World;
  useWorld('pglite', 'file', (opened) => (world = opened));

  const seenBy = (who: Who, runId: string) =>
    inOrg(world.db, world.orgId, async (tx) => {
      const { rows } = await sql<{ kind: string; summary: string; details: object; actor_name: string }>`
        select kind, summary, details, actor_name from activity as t
        where run_id = ${runId} and ${visibleRows('activity', who)} order by no`.execute(tx);
      return rows;
    });

  it('tells of start and end with the size of the list', async () => {
    const source = scriptedSource(({ title }) => ({ names: [`${title} a`, `${title} b`] }));
    const deps = world.withSource(source);
    const before = await world.create({ products: listOf(1), seller_source: 'scripted' }, deps);
    await world.startEngine(deps);
    await world.until(before.id, 'completed', ({ status }) => status === 'completed');

    const { id } = await world.create(
      { products: [{ title: 'one more' }, ...listOf(1)], seller_source: 'scripted' },
      deps,
      {
        ...world.owner,
      },
    );
    await world.until(id, 'completed', ({ status }) => status === 'completed');
    const [started, completed] = await seenBy(world.member, id);
    expect(started).toMatchObject({ kind: 'run.started', actor_name: 'owner', details: { seller_count_before: 2 } });
    expect(completed).toMatchObject({
      kind: 'run.completed',
      actor_name: 'Sellerdex',
      summary: expect.stringContaining('4 sellers found, 2 of them new; the list went from 2 to 4'),
      details: { seller_count_before: 2, seller_count_after: 4 },
    });
  });

  it('has each step of a person, a pause with its reason, hidden from others until the run has ended', async () => {
    const other = await openWorld(world);
    const { id, name } = await other.create({ category_ids: ['pet-cats'] });
    expect(name).toMatch(/^Collection \d{4}-\d{2}-\d{2} \d{2}:\d{2}$/);
    const steer = (to: 'paused' | 'running' | 'cancelled') =>
      steerRun(other.runDeps, undefined, other.owner, id, { to });
    await steer('paused');
    await steer('running');
    const seen = (who: Who) =>
      inOrg(other.db, other.orgId, async (tx) => {
        const { rows } = await sql<{ kind: string; details: object }>`
          select kind, details from activity as t where run_id = ${id} and ${visibleRows('activity', who)} order by no`.execute(
          tx,
        );
        return rows;
      });
    expect((await seen(other.owner)).map(({ kind }) => kind)).toEqual(['run.started', 'run.paused', 'run.resumed']);
    expect(await seen(other.member)).toEqual([]);
    await steer('cancelled');
    const entries = await seen(other.member);
    expect(entries.map(({ kind }) => kind)).toEqual(['run.started', 'run.paused', 'run.resumed', 'run.cancelled']);
    expect(entries[1]).toMatchObject({ details: { reason: 'user' } });
    expect(entries[3]).toMatchObject({ details: { seller_count_before: 0, seller_count_after: 0 } });
    await other.close();
  });
});
