import { expect, it } from 'vitest';
import { inOrg } from '#server/db/in-org.ts';
import { listRunSellers, listRunSellersQuery } from '#server/runs/list-items.ts';
import type { World } from './run-world.ts';
import { listOf, scriptedSource } from './scripted-source.ts';
import { useWorld } from './use-world.ts';

let world: World;
useWorld('pglite', 'file', (opened) => (world = opened));

it('keeps a renamed seller among the sellers of its run, and does not add the old name again in that run', async () => {
  const renamed = Promise.withResolvers<void>();
  const source = scriptedSource(async ({ page }) => {
    if (page === 2) await renamed.promise;
    return { names: ['old name', `page ${page}`], has_more: page < 2 };
  });
  const deps = world.withSource(source);
  await world.startEngine(deps);
  const { id } = await world.create({ products: listOf(1), seller_source: 'scripted' }, deps);
  await world.until(id, 'the first page', () => source.calls === 2);
  await world.rows(
    "update sellers set display_name = 'New Name', normalized_name = 'new name' where normalized_name = 'old name'",
  );
  renamed.resolve();
  await world.until(id, 'completed', ({ status }) => status === 'completed');
  const query = listRunSellersQuery.parse({});
  const { sellers } = await inOrg(world.db, world.orgId, (tx) =>
    listRunSellers(tx, { orgId: world.orgId, runId: id }, query),
  );
  expect(sellers.map((seller) => [seller.normalized_name, seller.times_seen]).toSorted()).toEqual([
    ['new name', 1],
    ['page 1', 1],
    ['page 2', 1],
  ]);
});
