import type { AppError } from '#lib/shared/app-error.ts';
import { isPassing } from '#lib/shared/error-codes.ts';
import { toAppError } from '#lib/shared/to-app-error.ts';
import { compact } from '#lib/store/compact.ts';
import { hasRoomForPulls, isDiskFull } from '#lib/store/disk-full.ts';
import { abandonBase, beginRebuild, finishRebuild } from '#lib/store/generations.ts';
import {
  acknowledgedIds,
  dropAcknowledged,
  purgeSettled,
  resendAcknowledged,
  returnBatch,
} from '#lib/store/outbox-sending.ts';
import { writeMeta } from '#lib/store/own-database.ts';
import { reseatTargets } from '#lib/store/reseat-targets.ts';
import type { CursorRecord } from '#lib/store/types.ts';
import { tableNames } from '#lib/tables/index.ts';
import { pullTable } from './pull.ts';
import { pushAll } from './push.ts';
import type { StatusWriter } from './status-writer.ts';
import type { SyncEnvironment } from './sync-environment.ts';

/** Rebuilds in one sync: a server that refuses every fresh cursor must not keep it going for ever. */
const MOST_REBUILDS = 3;
/** Edits made during a sync are taken along; what comes after that many rounds waits for the next sync. */
const MOST_ROUNDS = 10;

/**
 * One sync: everything waiting is pushed, every table pulled until drained, confirmed entries dropped.
 * Each step is one transaction, so it may be cut off anywhere and the next sync goes on from there.
 */
export async function syncOnce(env: SyncEnvironment, status: StatusWriter): Promise<void> {
  const { own } = env.writer;
  await returnBatch(own);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const failure = await tryPush(env, status);
    await pullAll(env, status);
    if (failure !== null) throw failure;
    if ((await own.outbox.count()) === 0) break;
  }
}

/** What may wait until nothing else is to be done; it stops between two steps when something is. */
export async function tidyUp({ writer, now }: SyncEnvironment, shouldStop: () => boolean): Promise<void> {
  await purgeSettled(writer.own, now());
  // Rewriting what is there can wait until there is room for it.
  if (await hasRoomForPulls()) await compact(writer.base, shouldStop);
}

/** A server that fails at what is sent may still have news: then the failure is thrown after the pull. */
async function tryPush(env: SyncEnvironment, status: StatusWriter): Promise<AppError | null> {
  try {
    await pushAll(env, () => status.sent());
    return null;
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.code === 'internal') return error;
    throw error;
  }
}

async function pullAll(env: SyncEnvironment, status: StatusWriter): Promise<void> {
  for (let rebuilds = 0; ; rebuilds++) {
    try {
      return await pullTables(env, status);
    } catch (thrown) {
      if (rebuilds === MOST_REBUILDS || !(await rebuildAfter(env, thrown))) throw thrown;
    }
  }
}

/** A refused cursor: a fresh base is filled beside the old one. A damaged base is given up at once. The outbox stays. */
async function rebuildAfter(env: SyncEnvironment, thrown: unknown): Promise<boolean> {
  const { code } = toAppError(thrown);
  const isRefused = code === 'cursor_expired' || code === 'invalid_cursor';
  if (!isRefused && (code !== 'storage_broken' || (await isDiskFull()))) return false;
  await resendAcknowledged(env.writer.own);
  await env.writer.use(await (isRefused ? beginRebuild : abandonBase)(env.writer.own));
  return true;
}

async function pullTables(env: SyncEnvironment, status: StatusWriter): Promise<void> {
  const { own } = env.writer;
  let passing: AppError | null = null;
  const onStored = async (cursor: CursorRecord): Promise<void> => {
    await status.received(cursor);
    // A server that asks one table to wait means all of them.
    if (passing !== null) throw passing;
  };
  const pulls = tableNames.map(async (table) => {
    // Confirmed before the pull began: what it brings holds their effect.
    const confirmed = await acknowledgedIds(own, table);
    const serverTime = await pullTable(env, table, onStored).catch((thrown: unknown) => {
      const error = toAppError(thrown);
      if (isPassing(error.code)) passing = error;
      throw error;
    });
    if (env.writer.target === env.writer.base) await dropConfirmed(env, confirmed);
    return { serverTime, confirmed };
  });
  const settled = await Promise.allSettled(pulls);
  // Before anything else, such as a cursor that another table was refused: it may have to wait.
  if (passing !== null) throw passing as AppError;
  const failed = settled.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  const done = settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  await writeMeta(own, 'server_time', Math.max(...done.map(({ serverTime }) => serverTime)));
  if (env.writer.target === env.writer.base) return;
  await reseatTargets(own, env.writer.target);
  await env.writer.use(await finishRebuild(own));
  await dropConfirmed(
    env,
    done.flatMap(({ confirmed }) => confirmed),
  );
}

async function dropConfirmed(env: SyncEnvironment, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await dropAcknowledged(env.writer.own, ids, env.now());
  env.writer.written({ outbox: true });
}
