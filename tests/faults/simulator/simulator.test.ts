import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { soakRuns } from '#tests/helpers/soak-runs.ts';
import { runHistory } from './run-history.ts';
import { history } from './steps.ts';
import { openWorld, type World } from './world.ts';

let world: World;

beforeAll(async () => {
  world = await openWorld();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
}, 60_000);
afterAll(async () => {
  vi.useRealTimers();
  await world?.close();
});

it('loses no edit, does none twice and mixes no workspaces, whatever happens', async () => {
  const seed = process.env['SEED'];
  const from = performance.now();
  const runs = soakRuns(300);
  await fc.assert(
    fc.asyncProperty(history, (course) => runHistory(world, course)),
    { numRuns: runs, ...(seed === undefined ? {} : { seed: Number(seed) }) },
  );
  process.stdout.write(`${runs} histories in ${Math.round((performance.now() - from) / 1000)} s\n`);
  expect(world.now()).toBeGreaterThan(0);
}, 0);
