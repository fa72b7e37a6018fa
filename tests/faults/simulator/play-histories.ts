import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { afterAll, beforeAll, it, vi } from 'vitest';
import { soakRuns } from '#tests/helpers/soak-runs.ts';
import { runHistory } from './run-history.ts';
import { type History, history } from './steps.ts';
import { openWorld, type World } from './world.ts';

/** Histories in `npm test`, over all parts. */
const HISTORIES = 150;
const PARTS = 2;
/** Where `npm test` begins, by part; the soak begins anywhere. */
const SEEDS: Readonly<Record<number, number>> = { 1: 2119534622, 2: 2119554977 };

/**
 * Plays this part's share of random histories; each part is a test file, so that they run side by side.
 * `SEED=…` and `HISTORY=path` (both printed with a failure) play one again.
 */
export function playHistories(part: number): void {
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
    const isSoak = process.env['SELLERDEX_SEEDS'] !== undefined;
    const seed = Number(process.env['SEED'] ?? (isSoak ? (Date.now() % 2 ** 31) + part : SEEDS[part]));
    const path = process.env['HISTORY'];
    const numRuns = Math.ceil(soakRuns(HISTORIES) / PARTS);
    const from = performance.now();
    const play = async (course: History): Promise<void> => {
      try {
        await runHistory(world, course);
      } catch (error) {
        // At once: making the history shorter takes minutes.
        process.stdout.write(`seed ${seed}: ${String(error)}\n`);
        throw error;
      }
    };
    await fc.assert(fc.asyncProperty(history, play), { numRuns, seed, ...(path === undefined ? {} : { path }) });
    const seconds = Math.round((performance.now() - from) / 1000);
    const tally = [...world.tally]
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([what, times]) => `${what} ${times}`);
    process.stdout.write(`${numRuns} histories from seed ${seed} in ${seconds} s; ${tally.join(', ')}\n`);
  }, 0);
}
