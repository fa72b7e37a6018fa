import { describe, expect, it } from 'vitest';
import { inOrg } from '#server/db/in-org.ts';
import { readProgress } from '#server/runs/read-progress.ts';
import { loadRun } from '#server/runs/run.ts';
import { transitionRun } from '#server/runs/transition-run.ts';
import type { World } from './run-world.ts';
import { listOf, scriptedSource } from './scripted-source.ts';
import { useWorld } from './use-world.ts';

const MINUTE_MS = 60_000;

describe.each(['pglite', 'postgres'] as const)('the progress of a run on %s', (kind) => {
  let world: World;
  useWorld(kind, 'test', (opened) => (world = opened));

  const progress = (id: string) =>
    inOrg(world.db, world.orgId, async (tx) =>
      readProgress(tx, await loadRun(tx, world.orgId, id, 'read'), Date.now()),
    );
  const make = (count: number, parallel: number) => {
    const deps = world.withSource(scriptedSource(({ title }) => ({ names: [title] })));
    return world.create({ products: listOf(count), seller_source: 'scripted', settings: { parallel } }, deps);
  };
  /** Searches from one position to another have ended, each after `seconds`, `ago` minutes before now. */
  const ended = (from: number, to: number, seconds: number, ago: number) =>
    world.rows(
      `update collection_items set status = 'completed', claimed_at = at - interval '${seconds} seconds', updated_at = at
        from (select clock_timestamp() - interval '${ago} minutes' as at) as moment
        where position > ${from} and position <= ${to}`,
    );

  it('reckons what is left by the searches done lately, whatever came before and however long it stood still', async () => {
    const { id } = await make(120, 4);
    await world.rows(`update collection_runs set started_at = clock_timestamp() - interval '3 hours'`);
    expect((await progress(id)).eta_seconds).toBeNull();
    await ended(0, 30, 60, 150);
    expect((await progress(id)).eta_seconds).toBe((90 * 60) / 4);
    await ended(30, 80, 6, 1);
    expect((await progress(id)).eta_seconds).toBe((40 * 6) / 4);
    // The last two are searched at once.
    await ended(80, 118, 6, 1);
    expect((await progress(id)).eta_seconds).toBe(6);
    await world.rows(`update collection_runs set phase = 'amazon'`);
    expect((await progress(id)).eta_seconds).toBeNull();
  });

  it('has each search in its slot, and those of another process in free ones', async () => {
    const { id } = await make(8, 4);
    const work = (position: number, slot: number | null, error: string) =>
      world.rows(
        `update collection_items set status = 'processing', slot = ${slot}, error_message = '${error}',
          claimed_at = clock_timestamp() where position = ${position}`,
      );
    await work(5, 3, 'three');
    await work(2, 1, 'one');
    const shown = async () => (await progress(id)).searches.map(({ slot, last_error }) => [slot, last_error]);
    expect(await shown()).toEqual([
      [0, null],
      [1, 'one'],
      [2, null],
      [3, 'three'],
    ]);
    await work(6, 1, 'another’s one');
    expect(await shown()).toEqual([
      [0, 'another’s one'],
      [1, 'one'],
      [2, null],
      [3, 'three'],
    ]);
  });

  it('knows how long it stood still, also when it ends so', async () => {
    const { id } = await make(3, 1);
    let now = Date.now();
    const move = async (to: 'paused' | 'running' | 'cancelled', afterMs: number) => {
      now += afterMs;
      const actor = { id: null, name: 'test' };
      await transitionRun({ ...world.runDeps, clock: () => now }, { orgId: world.orgId, runId: id, to, actor });
      return (await world.run(id)).checkpoint?.['paused_ms'];
    };
    expect(await move('paused', MINUTE_MS)).toBeUndefined();
    expect(await move('running', 5 * MINUTE_MS)).toBe(5 * MINUTE_MS);
    expect(await move('paused', MINUTE_MS)).toBe(5 * MINUTE_MS);
    expect(await move('cancelled', 2 * MINUTE_MS)).toBe(7 * MINUTE_MS);
  });
});
