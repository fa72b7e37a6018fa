import type { PushResult } from '#lib/protocol/push.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { advanceCounter, lockCounter } from '#server/db/counters.ts';
import type { Tx } from '#server/db/in-org.ts';
import type { Who } from '#server/http/app-env.ts';
import { applyCreate } from './apply-create.ts';
import { applyDelete, applyRestore, applyUpdate } from './apply-edit.ts';
import type { CheckedMutation } from './check-mutation.ts';
import { describeMutation } from './describe-mutation.ts';
import { editTime } from './edit-time.ts';
import type { Outcome } from './outcome.ts';
import { findResults } from './sql/find-results.ts';
import { type Entry, insertEntries } from './sql/insert-entries.ts';
import { insertResults, type RecordedResult } from './sql/insert-results.ts';

/** A mutation that is well formed, and the hash of what was sent. */
export interface Prepared {
  readonly mutation: CheckedMutation;
  readonly hash: string;
}

export interface BatchContext {
  readonly who: Pick<Who, 'orgId' | 'userId' | 'userName'>;
  readonly clientId: string;
  /** Of the call, by the sender's clock and by the server's, epoch milliseconds; the same for all its batches. */
  readonly sentAt: number;
  readonly arrivedAt: number;
  /** When this batch is written. */
  readonly now: number;
}

const appliers = {
  create: applyCreate,
  update: applyUpdate,
  flag: applyUpdate,
  delete: applyDelete,
  restore: applyRestore,
} as const;

/**
 * Mutations in order in one transaction: effects, audit entries and recorded results commit together.
 * What cannot be applied is that mutation's `rejected`, which is recorded too: its sender was told so, and
 * a copy that the network delivers later must not take effect after all.
 */
export async function applyBatch(tx: Tx, batch: readonly Prepared[], context: BatchContext): Promise<PushResult[]> {
  const { orgId, userId } = context.who;
  const before = await lockCounter(tx, orgId);
  const known = await findResults(
    tx,
    orgId,
    batch.map(({ mutation }) => mutation.id),
  );
  const results: PushResult[] = [];
  const recorded: RecordedResult[] = [];
  const entries: Entry[] = [];
  let after = before;
  for (const { mutation, hash } of batch) {
    const first = known.get(mutation.id);
    if (first !== undefined) {
      results.push(first.hash === hash ? again(first.result) : rejected(mutation.id, mismatch()));
      continue;
    }
    const madeAt = editTime({ ...mutation, sentAt: context.sentAt }, context.arrivedAt);
    const outcome = await applyOrRefuse(tx, mutation, madeAt, after, context);
    const result = outcome instanceof AppError ? rejected(mutation.id, outcome) : resultOf(mutation, madeAt, outcome);
    if (!(outcome instanceof AppError) && outcome.changed.length > 0) {
      after += outcome.changed.length + 1;
      entries.push({ version: after, ...entryOf(mutation, outcome, context) });
    }
    results.push(result);
    recorded.push({ hash, result });
    known.set(mutation.id, { hash, result });
  }
  const now = new Date(context.now);
  await insertEntries(tx, orgId, entries, now);
  await insertResults(tx, { orgId, userId, clientId: context.clientId, now }, recorded);
  if (after > before) await advanceCounter(tx, orgId, after);
  return results;
}

export function rejected(id: string, { code, message, details }: AppError): PushResult {
  return { id, status: 'rejected', records: [], missing: [], error: { code, message, details } };
}

const mismatch = (): AppError => new AppError('idempotency_mismatch');
const again = (first: PushResult): PushResult =>
  first.status === 'applied' ? { ...first, status: 'duplicate' } : first;

/** An applier throws its AppError before it has written anything, so what else is in the transaction stands. */
async function applyOrRefuse(
  tx: Tx,
  mutation: CheckedMutation,
  madeAt: number,
  after: number,
  context: BatchContext,
): Promise<Outcome | AppError> {
  try {
    return await apply(tx, mutation, madeAt, after, context);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

function apply(
  tx: Tx,
  mutation: CheckedMutation,
  editTime: number,
  after: number,
  { now, who }: BatchContext,
): Promise<Outcome> {
  return appliers[mutation.op]({
    tx,
    mutation,
    orgId: who.orgId,
    table: mutation.table,
    after,
    now: new Date(now),
    editTime,
  });
}

function resultOf({ id }: CheckedMutation, madeAt: number, { records, missing }: Outcome): PushResult {
  const version = records.reduce((most, record) => Math.max(most, record.version), 0);
  const made_at = new Date(madeAt).toISOString();
  return { id, status: 'applied', version, made_at, records: [...records], missing: [...missing] };
}

function entryOf(
  mutation: CheckedMutation,
  { changed, label }: Outcome,
  { who }: BatchContext,
): Omit<Entry, 'version'> {
  const { table, op, data } = mutation;
  const flag = op === 'flag' ? { flagged: data['flagged'] } : {};
  return {
    actor: { id: who.userId, name: who.userName },
    kind: `${table.name}.${op}`,
    table: table.name,
    recordIds: changed.map(({ id }) => id),
    summary: describeMutation(mutation, changed.length, label),
    details: op === 'create' ? {} : { fields: Object.keys(data), ...flag },
  };
}
