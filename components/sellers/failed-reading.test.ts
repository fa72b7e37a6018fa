import { afterEach, expect, it } from 'vitest';
import { createQueryClient } from '#lib/query/query-client.ts';
import { newestFirst } from '#lib/query/query.ts';
import { serveEngine } from '#lib/query/serve-engine.ts';
import { AppError } from '#lib/shared/app-error.ts';
import type { StoreReader } from '#lib/store/reader.ts';
import { createMemoryStore } from '#tests/helpers/memory-store.ts';
import { createSellerView } from './seller-view.ts';

const channel = new MessageChannel();
afterEach(() => {
  channel.port1.close();
  channel.port2.close();
});

it('says that the list cannot be read until it can, when the first reading of it fails', async () => {
  const { reader } = createMemoryStore();
  let isBroken = true;
  const outbox: StoreReader['outbox'] = (table) =>
    isBroken ? Promise.reject(new AppError('storage_broken')) : reader.outbox(table);
  channel.port1.start();
  channel.port2.start();
  serveEngine({ port: channel.port2, openReader: () => Promise.resolve({ ...reader, outbox }), now: () => 0 });
  const view = createSellerView(createQueryClient(channel.port1, 'key'), { search: '', where: [], sort: newestFirst });
  view.open();
  await expect.poll(() => view.snapshot().failure?.code).toBe('storage_broken');
  // Whatever was asked before, and is answered afterwards, does not take it away.
  await expect(view.runsBetween(0, 10)).resolves.toBeDefined();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(view.snapshot()).toMatchObject({ failure: { code: 'storage_broken' }, rows: [] });
  isBroken = false;
  view.retry();
  await expect.poll(() => view.snapshot().state?.phase).toBe('ready');
  expect(view.snapshot().failure).toBeNull();
  view.close();
});
