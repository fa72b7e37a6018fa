import { describe, expect, it } from 'vitest';
import { progressExtra, runAnswer } from '#lib/protocol/collection.ts';
import { api } from '#tests/helpers/api.ts';
import { startPostgres } from '#tests/helpers/start-postgres.ts';
import type { TestServer } from '#tests/helpers/start-server.ts';
import { startServer } from '#tests/helpers/start-server.ts';
import { waitUntil } from '#tests/helpers/wait-until.ts';

const progressAnswer = runAnswer.and(progressExtra);
/** Slow enough for a kill to fall into the middle, quick enough for a test. */
const env = { SELLERDEX_CATALOGUE_SPEED: '0.3', SELLERDEX_CATALOGUE_FAULTS: '0', SELLERDEX_LEASE_MS: '4000' };

async function runThroughKills(server: TestServer, kills: number): Promise<void> {
  const client = await api(server);
  const run = await client.post(runAnswer, '/collection/runs', {
    category_ids: ['electronics-headphones', 'pet-cats'],
    settings: { products_per_category: 10, pages_per_product: 2 },
  });
  const path = `/collection/runs/${run.id}`;
  let before = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    const goal = before + 4;
    before = await waitUntil(
      'the run goes on',
      async () => {
        const { products_searched } = await client.get(progressAnswer, `${path}/progress`);
        return products_searched >= goal && products_searched;
      },
      30_000,
    );
    await server.kill();
    await server.restart();
  }
  const done = await waitUntil(
    'the run completes',
    async () => {
      const answer = await client.get(progressAnswer, `${path}/progress`);
      return ['completed', 'failed', 'cancelled'].includes(answer.status) && answer;
    },
    40_000,
  );
  const sellers = [...(await client.pullAll('sellers')).values()];
  const entries = [...(await client.pullAll('activity')).values()];
  expect(done).toMatchObject({
    status: 'completed',
    products_searched: done.products_found,
    failed_items: 0,
    sellers_found: sellers.length,
    sellers_new: sellers.length,
    seller_count_before: 0,
    seller_count_after: sellers.length,
  });
  expect(done.products_found).toBeGreaterThan(15);
  expect(new Set(sellers.map((seller) => seller.normalized_name)).size).toBe(sellers.length);
  expect(sellers.every((seller) => seller.times_seen === 1)).toBe(true);
  expect(Math.max(...sellers.map((seller) => seller.no))).toBe(sellers.length);
  expect(entries.map((entry) => entry.kind).toSorted()).toEqual(['run.completed', 'run.started']);
  // A kill loses at most the calls in hand, which then count as paid: five searches each time.
  expect(done.actual_cost_cents).toBeLessThanOrEqual(done.estimated_cost_cents + kills * 5);
}

describe('a server killed by SIGKILL in the middle of a run', () => {
  it('completes the run on the embedded database with every seller once', async () => {
    const server = await startServer({ env });
    await runThroughKills(server, 2);
    expect(await server.stop()).toBe(0);
  }, 120_000);

  // Here once: `kill-loop` does it over and over.
  it('completes the run on Postgres, where the dead process still holds leases', async () => {
    const postgres = await startPostgres();
    const server = await startServer({ env: { ...env, DATABASE_URL: await postgres.createDatabase() } });
    await runThroughKills(server, 1);
    expect(await server.stop()).toBe(0);
    await postgres.stop();
  }, 120_000);
});
