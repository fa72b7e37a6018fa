import type { PushAnswer, WireMutation } from '#lib/protocol/push.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { toAppError } from '#lib/shared/to-app-error.ts';
import type { BatchLimits } from '#lib/store/outbox-sending.ts';
import { returnBatch, settleBatch, takeBatch } from '#lib/store/outbox-sending.ts';
import { type OwnDatabase, readMeta, writeMeta } from '#lib/store/own-database.ts';
import type { OutboxEntry } from '#lib/store/types.ts';
import type { SyncEnvironment } from './sync-environment.ts';
import { pushRequestOf, tryWireMutation } from './wire-mutation.ts';

/** Well below what the server takes in a call: each is answered within a second or two, and progress shows. */
const LIMITS: BatchLimits = { mutations: 400, ids: 4_000, bytes: 1_000_000 };
/** What passes within 10 s on 32 kbit/s; a single entry may be larger. */
const FEWEST_BYTES = 30_000;

/**
 * Sends everything that waits, in order, batch by batch; `onSent` after each. A call that fails leaves its
 * batch waiting and is thrown: the same entries go out again with the next try, and the server recognises
 * them. A call that takes too long may be one that the line is too slow for: the next is half as large.
 */
export async function pushAll(env: SyncEnvironment, onSent: () => Promise<void>): Promise<void> {
  const { own } = env.writer;
  const most = { ...LIMITS, ...env.batchLimits };
  let { mutations: count } = most;
  for (;;) {
    const bytes = (await readMeta(own, 'push_bytes')) ?? most.bytes;
    const sentAt = env.now();
    const batch = await takeBatch(own, { ...most, mutations: count, bytes });
    if (batch.length === 0) return;
    const { sendable, mutations } = await setAside(env, batch);
    try {
      if (mutations.length > 0) {
        const answer = await env.api.push(pushRequestOf(await clientId(own, env.newId), sentAt, mutations));
        await settle(env, sendable, answer, sentAt);
      }
      count = most.mutations;
      if (bytes < most.bytes) await writeMeta(own, 'push_bytes', Math.min(most.bytes, bytes * 2));
    } catch (thrown) {
      await returnBatch(own);
      if (toAppError(thrown).code === 'timeout')
        await writeMeta(own, 'push_bytes', Math.max(FEWEST_BYTES, Math.floor(bytes / 2)));
      if (!isRefusedWhole(thrown)) throw thrown;
      if (sendable.length === 1) await refuse(env, sendable, thrown);
      else count = Math.ceil(sendable.length / 2);
    }
    env.writer.written({ outbox: true });
    await onSent();
  }
}

/** An entry that cannot be put on the wire would stop every later one for ever: it goes to `attention` instead. */
async function setAside(
  env: SyncEnvironment,
  batch: readonly OutboxEntry[],
): Promise<{ sendable: OutboxEntry[]; mutations: WireMutation[] }> {
  const sendable: OutboxEntry[] = [];
  const mutations: WireMutation[] = [];
  const broken: OutboxEntry[] = [];
  for (const entry of batch) {
    const mutation = tryWireMutation(entry);
    if (mutation === null) broken.push(entry);
    else {
      sendable.push(entry);
      mutations.push(mutation);
    }
  }
  if (broken.length > 0) await refuse(env, broken, new AppError('invalid_data'));
  return { sendable, mutations };
}

async function settle(
  env: SyncEnvironment,
  batch: readonly OutboxEntry[],
  answer: PushAnswer,
  sentAt: number,
): Promise<void> {
  const answered = new Set(answer.results.map(({ id }) => id));
  if (batch.some(({ id }) => !answered.has(id)))
    throw new AppError('invalid_answer', { details: { path: '/sync/push' } });
  const times = { sentAt, serverTime: Date.parse(answer.server_time) };
  await settleBatch(env.writer.own, answer.results, env.now(), times);
}

// The server must refuse single mutations, never a call: should it do so all the same, the one that it
// cannot take is found by halving, and the others get through.
function isRefusedWhole(thrown: unknown): thrown is AppError {
  return thrown instanceof AppError && (thrown.code === 'invalid_request' || thrown.code === 'too_large');
}

async function refuse(
  env: SyncEnvironment,
  batch: readonly OutboxEntry[],
  { code, message, details }: AppError,
): Promise<void> {
  const results = batch.map(({ id }) => ({
    id,
    status: 'rejected' as const,
    records: [],
    missing: [],
    error: { code, message, details },
  }));
  await settleBatch(env.writer.own, results, env.now(), null);
}

async function clientId(own: OwnDatabase, newId: () => string): Promise<string> {
  const known = await readMeta(own, 'client_id');
  if (known !== undefined) return known;
  const made = newId();
  await writeMeta(own, 'client_id', made);
  return made;
}
