import { AppError } from '#lib/shared/app-error.ts';
import type { WireCollectionRun } from '#lib/tables/collection-runs.ts';
import { collectionRuns } from '#lib/tables/collection-runs.ts';
import type { Tx } from '#server/db/in-org.ts';
import type { Who } from '#server/http/app-env.ts';
import { requestHash } from '#server/sync/request-hash.ts';
import { toWireRow } from './wire-row.ts';

/** What a client asks for under an id of its own, so that it can ask again when the answer was lost. */
export interface RunOrder {
  /** The run's id. */
  id: string;
  /** Of who asks for what; null when the client named no id. */
  hash: string | null;
}

/** Of a request for a run; ids are the same in capitals. `rerun_of` is what its address adds to the body. */
export function orderOf(
  who: Pick<Who, 'userId'>,
  { id, ...request }: { readonly id?: string | undefined; readonly [field: string]: unknown },
  { rerun_of: rerunOf }: { readonly rerun_of?: string } = {},
): RunOrder {
  if (id === undefined) return { id: crypto.randomUUID(), hash: null };
  return {
    id: id.toLowerCase(),
    hash: requestHash({
      ...request,
      ...(rerunOf !== undefined && { rerun_of: rerunOf.toLowerCase() }),
      by: who.userId,
    }),
  };
}

/**
 * The run that the same request has made already, or null. Throws `idempotency_mismatch` when the workspace has
 * another run of that id, and tells nothing of it.
 */
export async function findOrdered(tx: Tx, { orgId }: Who, { id, hash }: RunOrder): Promise<WireCollectionRun | null> {
  if (hash === null) return null;
  const row = await tx
    .selectFrom('collection_runs')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return null;
  if (row.checkpoint?.['request'] !== hash) {
    const message = 'There is a run with this id already that another request has made. Ask under a new id.';
    throw new AppError('idempotency_mismatch', { message });
  }
  return toWireRow(collectionRuns, row);
}
