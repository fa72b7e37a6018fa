import type { PushResult } from '#lib/protocol/push.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { advanceCounter, lockCounter, takeNumbers } from '#server/db/counters.ts';
import type { Tx } from '#server/db/in-org.ts';
import type { Who } from '#server/http/app-env.ts';
import { applyCreate } from './apply-create.ts';
import { applyDelete, applyRestore, applyUpdate } from './apply-edit.ts';
import type { CheckedMutation } from './check-mutation.ts';
import { describeMutation } from './describe-mutation.ts';
import { editTime } from './edit-time.ts';
import type { Outcome, Work } from './outcome.ts';
import { findMutation } from './sql/find-mutation.ts';
import { insertActivity } from './sql/insert-activity.ts';

export interface MutationContext {
  readonly who: Pick<Who, 'orgId' | 'userId' | 'userName'>;
  readonly clientId: string;
  readonly sentAt: number;
  /** Epoch milliseconds. */
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
 * One mutation within its own transaction: effect, audit entry and recorded result commit together.
 * Throws an AppError, before anything is written, when it cannot be applied.
 */
export async function applyMutation(
  tx: Tx,
  mutation: CheckedMutation,
  hash: string,
  context: MutationContext,
): Promise<PushResult> {
  const { who, sentAt } = context;
  const after = await lockCounter(tx, who.orgId);
  const first = await findMutation(tx, who.orgId, mutation.id);
  if (first !== null) {
    if (first.hash !== hash) throw new AppError('idempotency_mismatch');
    return { ...first.result, status: 'duplicate' };
  }
  const work: Work = {
    tx,
    mutation,
    orgId: who.orgId,
    table: mutation.table,
    after,
    now: new Date(context.now),
    editTime: editTime({ sentAt, editedAt: mutation.editedAt, seenAt: mutation.seenAt }, context.now),
  };
  const outcome = await appliers[mutation.op](work);
  if (outcome.changed.length > 0) await recordChange(work, who, outcome);
  const result: PushResult = {
    id: mutation.id,
    status: 'applied',
    version: outcome.records.reduce((most, { version }) => Math.max(most, version), 0),
    records: [...outcome.records],
    missing: [...outcome.missing],
  };
  await tx
    .insertInto('mutations')
    .values({
      org_id: who.orgId,
      id: mutation.id,
      request_hash: hash,
      result: JSON.stringify(result),
      client_id: context.clientId,
      user_id: who.userId,
      created_at: work.now,
    })
    .execute();
  return result;
}

async function recordChange(
  { tx, orgId, after, mutation, now }: Work,
  who: MutationContext['who'],
  { changed, label }: Outcome,
): Promise<void> {
  const version = after + changed.length + 1;
  const no = await takeNumbers(tx, orgId, 'activity', 1);
  await insertActivity(
    tx,
    orgId,
    { no, version },
    {
      actor: { id: who.userId, name: who.userName },
      kind: `${mutation.table.name}.${mutation.op}`,
      table: mutation.table.name,
      recordIds: changed.map(({ id }) => id),
      summary: describeMutation(mutation, changed.length, label),
      details: mutation.op === 'create' ? {} : { fields: Object.keys(mutation.data), ...flagOf(mutation) },
    },
    now,
  );
  await advanceCounter(tx, orgId, version);
}

function flagOf({ op, data }: CheckedMutation): Record<string, unknown> {
  return op === 'flag' ? { flagged: data['flagged'] } : {};
}
