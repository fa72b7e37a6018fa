import { createApi } from '#lib/api/client.ts';
import { creationHandle } from '#lib/shared/derived-id.ts';
import { resolveAttention } from '#lib/store/attention.ts';
import { addMutations, type NewMutation } from '#lib/store/outbox.ts';
import type { Target } from '#lib/store/types.ts';
import { openWriter, type StoreWriter } from '#lib/store/writer.ts';
import { createSyncLoop, type SyncLoop } from '#lib/sync/sync-loop.ts';
import type { KillableDatabases } from './killable-databases.ts';
import type { Wire } from './wire.ts';

export interface BrowserOptions {
  /** Names its databases. */
  readonly key: string;
  readonly token: string;
  readonly orgId: string;
  readonly wire: Wire;
  readonly databases: KillableDatabases;
  /** True time, epoch milliseconds. */
  readonly now: () => number;
  readonly random: () => number;
  readonly newId: () => string;
}

/** One browser of a member: the program's own store, outbox and sync loop; only its fetch and its clock are simulated. */
export interface SimulatedBrowser {
  readonly key: string;
  readonly orgId: string;
  readonly writer: StoreWriter;
  /** Mutations that the store confirmed as saved, in that order. */
  readonly saved: NewMutation[];
  /** Sellers that this browser made: their first ids and handles. */
  readonly made: Target[];
  /** Ids of refused mutations that a person discarded or took up again under another id. */
  readonly resolved: Set<string>;
  /** How far its clock is off. */
  offset: number;
  isSyncing(): boolean;
  sync(): void;
  /** As the command of a page: repeated by the page until a worker has answered. */
  save(mutation: NewMutation): Promise<void>;
  /** The same command once more, as long as a page would still repeat it. */
  repeat(id: string): Promise<void>;
  resolve(action: 'retry' | 'discard'): Promise<void>;
  isDead(): boolean;
  /** The dead worker's connections go, and a fresh worker starts, as the next event would make it. */
  revive(): Promise<void>;
  close(): void;
}

/** Far longer than any page repeats a command (lib/messaging/client.ts). */
const REPEATED_MS = 3_600_000;

interface Life {
  readonly writer: StoreWriter;
  readonly loop: SyncLoop;
  running: Promise<void> | null;
  ended: boolean;
}

export async function openBrowser(options: BrowserOptions): Promise<SimulatedBrowser> {
  const { key, databases, newId } = options;
  const now = (): number => options.now() + browser.offset;

  async function begin(): Promise<Life> {
    const writer = await openWriter(key);
    const life: Life = {
      writer,
      loop: createLoop(options, writer, now, () => life.ended),
      running: null,
      ended: false,
    };
    return life;
  }

  const commands = new Map<string, { mutation: NewMutation; at: number }>();

  async function untilAnswered(command: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        return await command();
      } catch (error) {
        if (!databases.isDead(key)) throw error;
        await browser.revive();
      }
    }
  }

  const browser: SimulatedBrowser = {
    key,
    orgId: options.orgId,
    get writer() {
      return life.writer;
    },
    saved: [],
    made: [],
    resolved: new Set(),
    offset: 0,
    isSyncing: () => life.running !== null,
    sync() {
      const current = life;
      current.running ??= current.loop.request(true).finally(() => {
        current.running = null;
      });
      // A killed worker's loop ends however it can; what counts is what the store holds afterwards.
      current.running.catch(() => undefined);
    },
    async save(mutation) {
      await untilAnswered(() => addMutations(life.writer.own, [mutation]));
      browser.saved.push(mutation);
      commands.set(mutation.id, { mutation, at: now() });
    },
    async repeat(id) {
      const command = commands.get(id);
      if (command === undefined || Math.abs(now() - command.at) > REPEATED_MS) return;
      await untilAnswered(() => addMutations(life.writer.own, [command.mutation]));
    },
    isDead: () => databases.isDead(key),
    async resolve(action) {
      const { ids, before } = await databases.lookOn(async () => ({
        ids: (await life.writer.own.attention.toArray()).map(({ id }) => id),
        before: new Set((await life.writer.own.outbox.toArray()).map(({ id }) => id)),
      }));
      await untilAnswered(() => resolveAttention(life.writer.own, ids, { action }, { now: now(), newId }));
      for (const id of ids) browser.resolved.add(id);
      const queued = await databases.lookOn(() => life.writer.own.outbox.toArray());
      const added = queued.filter(({ id }) => !before.has(id));
      browser.saved.push(...added);
    },
    async revive() {
      life.ended = true;
      options.wire.cut(key);
      life.writer.close();
      databases.revive(key);
      life = await begin();
    },
    close: () => life.writer.close(),
  };

  let life = await begin();
  return browser;
}

function createLoop(options: BrowserOptions, writer: StoreWriter, now: () => number, isOver: () => boolean): SyncLoop {
  const { token, orgId, wire, key, random, newId } = options;
  const fetchNow = wire.fetchFor(key);
  return createSyncLoop({
    api: createApi({
      server: 'http://server.test',
      token,
      orgId,
      // A dead worker waits for ever.
      fetch: (input, init) => (isOver() ? new Promise<never>(() => undefined) : fetchNow(input, init)),
    }),
    writer,
    now,
    random,
    // So that a handful of edits fills several pushes.
    batchLimits: { mutations: 3 },
    newId,
    sleep: (ms) => new Promise((resolve) => setTimeout(() => (isOver() ? undefined : resolve()), ms)),
    isOnline: () => true,
    withLock: (_name, work) => work(),
    keepAlive: () => () => undefined,
    signedOut: () => Promise.resolve(),
  });
}

/** A creation by this browser, and the target by which its later edits name the row. */
export function creationTarget(id: string): Target {
  return { id, no: creationHandle(id) };
}
