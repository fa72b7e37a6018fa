import type { PushAnswer, PushResult } from '#lib/protocol/push.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { inOrg } from '#server/db/in-org.ts';
import type { Deps } from '#server/deps.ts';
import type { Who } from '#server/http/app-env.ts';
import { applyMutation } from './apply-mutation.ts';
import { checkMutation, invalidData } from './check-mutation.ts';
import type { PushEnvelope } from './push-envelope.ts';
import { requestHash } from './request-hash.ts';

/**
 * Applies a batch in order, each mutation in a transaction of its own: the counter is held briefly,
 * and when the server fails in the middle, what is done stays done and is recognised the next time.
 */
export async function push(deps: Deps, who: Who, envelope: PushEnvelope): Promise<PushAnswer> {
  const results: PushResult[] = [];
  const changed = new Map<string, number>();
  try {
    for (const given of envelope.mutations) {
      const result = await applyOne(deps, who, envelope, given);
      results.push(result);
      if (result.status === 'applied') {
        const table = String(given['table']);
        changed.set(table, Math.max(changed.get(table) ?? 0, result.version ?? 0));
      }
    }
  } finally {
    publish(deps, who.orgId, changed);
  }
  return { results, server_time: new Date(deps.clock()).toISOString() };
}

async function applyOne(
  deps: Deps,
  who: Who,
  envelope: PushEnvelope,
  given: PushEnvelope['mutations'][number],
): Promise<PushResult> {
  const context = { who, clientId: envelope.client_id, sentAt: Date.parse(envelope.sent_at), now: deps.clock() };
  try {
    const mutation = checkMutation(given);
    return await inOrg(deps.database.db, who.orgId, (tx) => applyMutation(tx, mutation, requestHash(given), context));
  } catch (thrown) {
    const error = isRefusedByDatabase(thrown)
      ? invalidData([{ path: 'data', message: 'the database cannot hold these values' }])
      : thrown;
    // The server's own trouble is no verdict on the mutation: the whole push is sent again.
    if (!(error instanceof AppError) || error.code === 'unavailable') throw error;
    const { code, message, details } = error;
    return { id: given.id, status: 'rejected', records: [], missing: [], error: { code, message, details } };
  }
}

/** Errors of the classes 22 and 23: a value, or rows beside others, that the checks before let through. */
function isRefusedByDatabase(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' && /^2[23]/.test(thrown.code);
}

function publish({ hub }: Deps, orgId: string, changed: ReadonlyMap<string, number>): void {
  const highest = Math.max(0, ...changed.values());
  if (highest === 0) return;
  for (const [table, version] of changed) hub.publish({ orgId, event: 'change', data: { table, version } });
  hub.publish({ orgId, event: 'change', data: { table: 'activity', version: highest + 1 } });
}
