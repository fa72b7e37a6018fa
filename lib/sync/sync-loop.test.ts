import 'fake-indexeddb/auto';
import { expect, it, vi } from 'vitest';
import { AppError } from '#lib/shared/app-error.ts';
import { readTableOf } from '#lib/store/read-table.ts';
import { openWriter, type StoreWriter } from '#lib/store/writer.ts';
import { createMemoryServer, type MemoryServer } from '#tests/helpers/memory-server.ts';
import { sellerId, wireSeller } from '#tests/helpers/sample-sellers.ts';
import { readSyncStatus } from './status.ts';
import { createSyncLoop, type SyncLoop } from './sync-loop.ts';

interface World {
  readonly writer: StoreWriter;
  readonly loop: SyncLoop;
  /** Times of the calls, by a clock that sleeping alone moves. */
  readonly calls: number[];
  now: number;
  /** What the next calls meet; then all is well. */
  failures: AppError[];
  /** Before each call is answered. */
  meets: () => Promise<void>;
  readonly server: MemoryServer;
}

let stores = 0;

async function open(failures: AppError[]): Promise<World> {
  const server = createMemoryServer();
  const writer = await openWriter(`loop-${++stores}`);
  const idle: SyncLoop = { request: never, isRunning: () => false };
  const world: World = { writer, loop: idle, calls: [], now: 1e12, failures, meets: () => Promise.resolve(), server };
  const loop = createSyncLoop({
    api: {
      push: (request) => server.api.push(request),
      async pull(table, options) {
        if (table !== 'sellers') return server.api.pull(table, options);
        world.calls.push(world.now);
        await world.meets();
        const failure = world.failures.shift();
        if (failure !== undefined) throw failure;
        return server.api.pull(table, options);
      },
    },
    writer,
    now: () => world.now,
    random: () => 0.5,
    newId: () => crypto.randomUUID(),
    sleep: (ms) => {
      world.now += ms;
      return Promise.resolve();
    },
    isOnline: () => true,
    withLock: (_name, work) => work(),
    keepAlive: () => () => undefined,
    signedOut: () => Promise.resolve(),
  });
  return Object.assign(world, { loop });
}

function never(): Promise<void> {
  throw new TypeError('the world is not open yet');
}

it('does not call an error of its own the server’s', async () => {
  const world = await open([]);
  const { cursors } = world.writer.base;
  const get = vi.spyOn(cursors, 'get').mockRejectedValue(new TypeError('a mistake of ours'));
  await world.loop.request(true);
  const failed = await readSyncStatus(world.writer.own, true, world.now);
  expect(failed).toMatchObject({ state: 'attention', error: { code: 'unexpected' } });
  // One try and three retries, as for anything that may pass.
  expect(get.mock.calls.filter(([table]) => (table as unknown) === 'sellers')).toHaveLength(4);
  get.mockRestore();
  await world.loop.request(true);
  expect(await readSyncStatus(world.writer.own, true, world.now)).toMatchObject({ state: 'synced' });
  world.writer.close();
});

const down = (): AppError => new AppError('unreachable');
const busy = (ms: number): AppError => new AppError('too_many_requests', { details: { retry_after_ms: ms } });
const waits = ({ calls }: World): number[] => calls.slice(1).map((at, index) => at - (calls[index] ?? 0));

it('tries once and three times more with growing pauses, then waits to be asked', async () => {
  const world = await open(Array.from({ length: 9 }, down));
  await world.loop.request(true);
  expect(waits(world)).toEqual([1000, 2000, 4000]);
  await world.loop.request(false);
  expect(world.calls).toHaveLength(5);
  await world.loop.request(true);
  expect(world.calls).toHaveLength(9);
  expect(await readSyncStatus(world.writer.own, true, world.now)).toMatchObject({ state: 'offline' });
  await world.loop.request(true);
  expect(await readSyncStatus(world.writer.own, true, world.now)).toMatchObject({ state: 'synced', error: null });
  world.writer.close();
});

it('says offline while it tries again by itself, and syncing when somebody asks', async () => {
  const world = await open(Array.from({ length: 4 }, down));
  const states: string[] = [];
  world.meets = async () => {
    states.push((await readSyncStatus(world.writer.own, true, world.now)).state);
  };
  await world.loop.request(true);
  await world.loop.request(true);
  expect(states).toEqual(['syncing', 'offline', 'offline', 'offline', 'syncing']);
  world.writer.close();
});

it('says offline while news of the server has it try again', async () => {
  const world = await open(Array.from({ length: 2 }, down));
  const states: string[] = [];
  world.meets = async () => {
    states.push((await readSyncStatus(world.writer.own, true, world.now)).state);
    if (states.length < 3) void world.loop.request(true, false);
  };
  await world.loop.request(true);
  expect(states.slice(0, 3)).toEqual(['syncing', 'offline', 'offline']);
  world.writer.close();
});

it('says syncing when somebody asks in the middle of a try of its own', async () => {
  const world = await open(Array.from({ length: 2 }, down));
  const states: string[] = [];
  world.meets = async () => {
    if (world.calls.length !== 2) return;
    void world.loop.request(true);
    await vi.waitFor(async () => {
      const { state } = await readSyncStatus(world.writer.own, true, world.now);
      if (state !== 'syncing') throw new Error(state);
      states.push(state);
    });
  };
  await world.loop.request(true);
  expect(states).toEqual(['syncing']);
  world.writer.close();
});

it('leaves a server alone for as long as it asks, whoever asks to sync meanwhile', async () => {
  const world = await open([busy(20_000), busy(90_000)]);
  const from = world.now;
  await world.loop.request(true);
  expect(waits(world)[0]).toBeGreaterThanOrEqual(20_000);
  expect(world.calls).toHaveLength(2);
  await world.loop.request(true);
  expect(world.calls).toHaveLength(2);
  world.now += 90_000;
  await world.loop.request(false);
  expect(world.calls).toHaveLength(3);
  expect(world.now - from).toBeLessThan(200_000);
  world.writer.close();
});

it('is not kept waiting for years by a clock that was set back', async () => {
  const world = await open([busy(60_000)]);
  await world.loop.request(true);
  world.now -= 365 * 86_400_000;
  expect(await readSyncStatus(world.writer.own, true, world.now)).toMatchObject({ state: 'offline' });
  await world.loop.request(true);
  expect(world.calls).toHaveLength(2);
  world.writer.close();
});

it('syncs what is asked for in the middle of compaction, before it goes on with it', async () => {
  const world = await open([]);
  const { server, writer, loop } = world;
  const patches = (): Promise<number> => writer.base.patches.count();
  for (let page = 0; page < 40; page++) server.add(wireSeller(page * 1024, 0));
  await loop.request(true);
  // One row a pull: each is a patch of its own, until there are more than level two may have.
  for (let change = 0; (await patches()) < 128; change++) {
    server.change(sellerId((change % 40) * 1024), { note: `change ${change}` });
    await loop.request(true);
  }
  const before = world.calls.length;
  let asked: Promise<void> | null = null;
  writer.base.pages.hook('creating', () => {
    asked ??= loop.request(true);
  });
  server.change(sellerId(0), { note: 'the last' });
  await loop.request(true);
  expect(asked).not.toBeNull();
  await asked;
  expect(world.calls).toHaveLength(before + 2);
  expect(await patches()).toBeLessThanOrEqual(128);
  expect((await readTableOf(writer.base, 'sellers')).at(-1)).toMatchObject({ no: 0, note: 'the last' });
  writer.close();
});
