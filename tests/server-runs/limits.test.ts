import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inOrg } from '#server/db/in-org.ts';
import { estimateRequest } from '#server/runs/create-run.ts';
import { changeCollectionSettings } from '#server/runs/collection-settings.ts';
import { steerRun } from '#server/runs/steer-run.ts';
import type { RunDatabase, World } from './run-world.ts';
import { openRunDatabase, openWorld } from './run-world.ts';

describe('budget and limits of runs', () => {
  let database: RunDatabase;
  let world: World;
  beforeAll(async () => {
    database = await openRunDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    world = await openWorld(database);
    return () => world.close();
  });

  const change = (settings: Parameters<typeof changeCollectionSettings>[2]) =>
    inOrg(world.db, world.orgId, (tx) => changeCollectionSettings(tx, world.orgId, settings));
  const twoCategories = {
    category_ids: ['pet-cats', 'pet-dogs'],
    settings: { products_per_category: 10, pages_per_product: 2 },
  };

  it('estimates in millionths and shows cents rounded up, for each category and in total', async () => {
    await change({ microusd_per_call: { catalogue: 1001 } });
    // A category is one page of best sellers and ten products of two pages.
    expect(await estimateRequest(world.runDeps, world.owner, twoCategories)).toEqual({
      categories: ['pet-cats', 'pet-dogs'].map((id) => ({ id, calls: 21, products: 10, cost_cents: 3 })),
      total: { calls: 42, products: 20, cost_cents: 5 },
      budget: { cap_cents: 2500, warn: false, allowed: true },
    });
  });

  it.each([
    [53, { warn: false, allowed: true }],
    [52, { warn: true, allowed: true }],
    [42, { warn: true, allowed: true }],
    [41, { warn: true, allowed: false }],
  ])('warns from 80 %% of the cap on and refuses what is above it: 42 cents of %i', async (cap, expected) => {
    await change({ budget_cap_cents: cap });
    const { budget } = await estimateRequest(world.runDeps, world.owner, twoCategories);
    expect(budget).toEqual({ cap_cents: cap, ...expected });
    const made = world.create(twoCategories);
    if (expected.allowed) expect((await made).budget_cap_cents).toBe(cap);
    else await expect(made).rejects.toMatchObject({ code: 'over_budget' });
  });

  it('keeps the cap and the prices that a run began with', async () => {
    const { id } = await world.create(twoCategories);
    await change({ budget_cap_cents: 1, microusd_per_call: { catalogue: 900_000 } });
    await world.startEngine();
    const run = await world.until(id, 'completed', ({ status }) => status === 'completed');
    expect(run.budget_cap_cents).toBe(2500);
    expect(run.actual_cost_microusd).toBeLessThanOrEqual(42 * 10_000);
    expect(run.actual_cost_microusd % 10_000).toBe(0);
  });

  it('allows so many runs at once, paused ones included, also to people who ask at the same time', async () => {
    await change({ max_concurrent_runs: 2 });
    const asked = await Promise.allSettled(
      [world.owner, world.member, world.owner].map((who) => world.create(twoCategories, world.runDeps, who)),
    );
    expect(asked.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    const refused = asked.flatMap((each): unknown[] => (each.status === 'rejected' ? [each.reason] : []));
    // The number alone: whose runs they are is nobody else's business.
    expect(refused).toMatchObject([{ code: 'run_limit', details: { limit: 2 } }]);
    const ids = asked.flatMap((each) => (each.status === 'fulfilled' ? [each.value.id] : []));
    const [first = ''] = ids;
    const steer = (to: 'paused' | 'cancelled') => steerRun(world.runDeps, undefined, world.owner, first, { to });
    await steer('paused');
    await expect(world.create(twoCategories)).rejects.toMatchObject({ code: 'run_limit' });
    await steer('cancelled');
    expect((await world.create(twoCategories)).status).toBe('running');
  });
});
