import { describe, expect, it } from 'vitest';
import { runAnswer } from '#lib/protocol/collection.ts';
import { api } from '#tests/helpers/api.ts';
import { startPostgres } from '#tests/helpers/start-postgres.ts';
import { startServer } from '#tests/helpers/start-server.ts';
import { startWorker } from '#tests/helpers/start-worker.ts';
import { waitUntil } from '#tests/helpers/wait-until.ts';

const catalogue = {
  SELLERDEX_CATALOGUE_SPEED: '0.3',
  SELLERDEX_CATALOGUE_FAULTS: '0',
  SELLERDEX_LEASE_MS: '4000',
};

describe('worker processes beside a server that does no work itself', () => {
  it('complete a run though one of them is killed, and their events reach the server’s readers', async () => {
    const postgres = await startPostgres();
    const url = await postgres.createDatabase();
    const server = await startServer({ args: ['--no-worker'], env: { DATABASE_URL: url } });
    const workers = await Promise.all([startWorker(url, catalogue), startWorker(url, catalogue)]);
    const client = await api(server);
    const gone = new AbortController();
    const headers = { authorization: `Bearer ${client.token}` };
    const stream = await fetch(`${server.url}/events`, { headers, signal: gone.signal });
    let heard = '';
    const listening = stream.body
      ?.pipeThrough(new TextDecoderStream())
      .pipeTo(new WritableStream({ write: (text) => void (heard += text) }));
    listening?.catch(() => undefined);

    const { id } = await client.post(runAnswer, '/collection/runs', {
      category_ids: ['pet-cats', 'pet-dogs'],
      settings: { products_per_category: 10 },
    });
    const path = `/collection/runs/${id}`;
    const searched = async () => runAnswer.parse(await client.get(runAnswer, path)).products_searched;
    await waitUntil('some products', async () => (await searched()) >= 5, 30_000);
    await workers[0]?.kill();
    const run = await waitUntil(
      'the end',
      async () => {
        const answer = await client.get(runAnswer, path);
        return answer.status === 'completed' && answer;
      },
      60_000,
    );
    const sellers = [...(await client.pullAll('sellers')).values()];
    expect(run).toMatchObject({ failed_items: 0, products_searched: run.products_found, sellers_new: sellers.length });
    expect(sellers.every((seller) => seller.times_seen === 1)).toBe(true);
    for (const event of ['sellers', 'change', 'run', 'activity']) expect(heard).toContain(`event: ${event}\n`);

    gone.abort();
    expect(await workers[1]?.stop()).toBe(0);
    expect(await server.stop()).toBe(0);
    await postgres.stop();
  }, 150_000);
});
