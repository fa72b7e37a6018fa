import type { PushAnswer, PushResult } from '#lib/protocol/push.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { inOrg } from '#server/db/in-org.ts';
import type { Deps } from '#server/deps.ts';
import type { Who } from '#server/http/app-env.ts';
import { applyBatch, type BatchContext, type Prepared, rejected } from './apply-batch.ts';
import { checkMutation, invalidData } from './check-mutation.ts';
import type { PushEnvelope } from './push-envelope.ts';
import { requestHash } from './request-hash.ts';

/** What one transaction takes at most: others of the workspace wait for it, and it is tried again as a whole. */
const BATCH_MUTATIONS = 50;
const BATCH_ROWS = 2000;
/** Clients give up 10 s after they asked. What is done by then is answered as a duplicate the next time. */
const LONGEST_MS = 8_000;

interface Sent extends Prepared {
  /** Place among the mutations of the call. */
  readonly at: number;
}

/**
 * Applies the mutations in order, some in each transaction: the counter is held briefly, and when the
 * server fails in the middle, what is done stays done and is recognised the next time. Throws
 * `unavailable` when it takes too long.
 */
export async function push(deps: Deps, who: Who, envelope: PushEnvelope): Promise<PushAnswer> {
  const arrivedAt = deps.clock();
  const results: PushResult[] = [];
  const sent: Sent[] = [];
  for (const [at, given] of envelope.mutations.entries()) {
    try {
      sent.push({ at, mutation: checkMutation(given), hash: requestHash(given) });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      results[at] = rejected(given.id, error);
    }
  }
  const hurry = createHurry();
  const changed = new Map<string, number>();
  try {
    for (const batch of batchesOf(sent)) {
      hurry();
      const applied = await applyOrReject(deps, batch, {
        who,
        clientId: envelope.client_id,
        sentAt: Date.parse(envelope.sent_at),
        arrivedAt,
        now: deps.clock(),
      });
      for (const [index, { at, mutation }] of batch.entries()) {
        const result = applied[index];
        if (result === undefined) throw new Error('A mutation has no result.');
        results[at] = result;
        if (result.status !== 'applied') continue;
        const { name } = mutation.table;
        changed.set(name, Math.max(changed.get(name) ?? 0, result.version ?? 0));
      }
    }
  } finally {
    publish(deps, who.orgId, changed);
  }
  return { results, server_time: new Date(deps.clock()).toISOString() };
}

/** To be called before each batch: throws `unavailable` when one more, as long as the longest so far, may take too long. */
function createHurry(): () => void {
  const began = performance.now();
  let last = began;
  let longest = 0;
  return () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (now - began + longest > LONGEST_MS) throw new AppError('unavailable', { details: { retry_after_ms: 1000 } });
  };
}

function* batchesOf(sent: readonly Sent[]): Generator<Sent[]> {
  let batch: Sent[] = [];
  let rows = 0;
  for (const each of sent) {
    const count = each.mutation.ids.length;
    if (batch.length > 0 && (batch.length === BATCH_MUTATIONS || rows + count > BATCH_ROWS)) {
      yield batch;
      batch = [];
      rows = 0;
    }
    batch.push(each);
    rows += count;
  }
  if (batch.length > 0) yield batch;
}

/** When the database refuses values, the mutations are applied one by one, and the one that has them is rejected. */
async function applyOrReject(deps: Deps, batch: readonly Prepared[], context: BatchContext): Promise<PushResult[]> {
  try {
    return await inOrg(deps.database.db, context.who.orgId, (tx) => applyBatch(tx, batch, context));
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    const [only] = batch;
    if (refusal === null || only === undefined) throw thrown;
    if (batch.length === 1) {
      deps.log('warning', 'The database refused a mutation', { kind: kindOf(only), ...refusal });
      const path = { path: 'data', message: 'the database cannot hold these values' };
      return [rejected(only.mutation.id, invalidData([path]))];
    }
    const results: PushResult[] = [];
    for (const each of batch) results.push(...(await applyOrReject(deps, [each], context)));
    return results;
  }
}

const kindOf = ({ mutation: { table, op } }: Prepared): string => `${table.name}.${op}`;

/**
 * Facts about an error of the classes 22 and 23 (a value, or rows beside others, that the checks before
 * let through), without its message and detail, which quote the values; null for other errors.
 */
function refusalOf(thrown: unknown): Record<string, unknown> | null {
  if (!(thrown instanceof Error) || !('code' in thrown)) return null;
  const { code, table, column, constraint, routine } = thrown as Error & Record<string, unknown>;
  return typeof code === 'string' && /^2[23]/.test(code) ? { code, table, column, constraint, routine } : null;
}

function publish({ hub }: Deps, orgId: string, changed: ReadonlyMap<string, number>): void {
  const highest = Math.max(0, ...changed.values());
  if (highest === 0) return;
  for (const [table, version] of changed) hub.publish({ orgId, event: 'change', data: { table, version } });
  hub.publish({ orgId, event: 'change', data: { table: 'activity', version: highest + 1 } });
}
