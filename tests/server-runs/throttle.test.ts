import { expect, it } from 'vitest';
import { AppError } from '#lib/shared/app-error.ts';
import { inOrg } from '#server/db/in-org.ts';
import { readProgress } from '#server/runs/read-progress.ts';
import { wait } from '#server/sources/wait.ts';
import { waitUntil } from '#tests/helpers/wait-until.ts';
import type { World } from './run-world.ts';
import { listOf, scriptedSource } from './scripted-source.ts';
import { useWorld } from './use-world.ts';

let world: World;
useWorld('pglite', 'test', (opened) => (world = opened));

const rateLimited = (retry_after_ms: number) => new AppError('rate_limited', { details: { retry_after_ms } });

it('waits as long as a throttled provider tells, says how long, and asks no oftener than that', async () => {
  const opensAt = Date.now() + 2500;
  const source = scriptedSource(({ title }) => {
    const left = opensAt - Date.now();
    if (left > 0) throw rateLimited(Math.min(left, 1000));
    return { names: [`seller of ${title}`] };
  });
  const deps = world.withSource(source);
  await world.startEngine(deps);
  const settings = { parallel: 4, pages_per_product: 1 };
  const { id } = await world.create({ products: listOf(12), seller_source: 'scripted', settings }, deps);
  const progress = await waitUntil('all wait', async () => {
    const now = await world.run(id);
    const answer = await inOrg(world.db, world.orgId, (tx) => readProgress(tx, now, Date.now()));
    return answer.searches.every(({ state }) => state === 'waiting') && answer;
  });
  expect([progress.searches.length, progress.waiting_seconds]).toEqual([4, 1]);
  const run = await world.until(id, 'completed', ({ status }) => status === 'completed');
  expect(run).toMatchObject({ products_searched: 12, failed_items: 0, actual_cost_microusd: 0 });
  // Four searches ask at 0, 1 and 2 s and when it opens, then eight more.
  expect(source.calls).toBeLessThanOrEqual(4 * 4 + 8);
});

it('asks nothing of a provider before its time, whichever search and run it told', async () => {
  const WAIT_MS = 2500;
  const asked: number[] = [];
  let refusedAt = 0;
  const source = scriptedSource(async ({ title }) => {
    asked.push(performance.now());
    const isFirst = asked.length === 1;
    await wait(isFirst ? 100 : 200);
    if (isFirst) {
      refusedAt = performance.now();
      throw rateLimited(WAIT_MS);
    }
    return { names: [`seller of ${title}`] };
  });
  const deps = world.withSource(source);
  await world.startEngine(deps);
  const settings = { parallel: 4, pages_per_product: 1 };
  const request = { products: listOf(10), seller_source: 'scripted', settings };
  const first = await world.create(request, deps);
  await waitUntil('the refusal', () => refusedAt > 0);
  const second = await world.create(request, deps);
  for (const { id } of [first, second]) {
    // Searches that were answered meanwhile wait as well, and say so.
    await waitUntil('all wait', async () => {
      const now = await world.run(id);
      const { searches } = await inOrg(world.db, world.orgId, (tx) => readProgress(tx, now, Date.now()));
      return searches.every(({ state, wait_seconds }) => state === 'waiting' && wait_seconds !== null);
    });
  }
  for (const { id } of [first, second]) {
    const run = await world.until(id, 'completed', ({ status }) => status === 'completed');
    expect(run).toMatchObject({ products_searched: 10, failed_items: 0 });
  }
  expect(asked.filter((at) => at > refusedAt && at < refusedAt + WAIT_MS)).toEqual([]);
  expect(asked).toHaveLength(21);
});

it('does not hammer a provider that always says to come at once, nor takes that for a failure', async () => {
  let refusals = 0;
  const until = Date.now() + 1500;
  const source = scriptedSource(({ title }) => {
    if (Date.now() < until) {
      refusals += 1;
      throw rateLimited(0);
    }
    return { names: [`seller of ${title}`] };
  });
  const deps = world.withSource(source);
  // A wait begins at a quarter of the backoff and doubles: 25, 50, 100 … 800 ms.
  await world.startEngine(deps, { backoffMs: 100 });
  const settings = { parallel: 1, pages_per_product: 1 };
  const { id } = await world.create({ products: listOf(2), seller_source: 'scripted', settings }, deps);
  const run = await world.until(id, 'completed', ({ status }) => status === 'completed');
  expect(run).toMatchObject({ products_searched: 2, failed_items: 0 });
  expect(refusals).toBeLessThanOrEqual(7);
});
