import { z } from 'zod';
import { runStatuses } from '#lib/domain/run.ts';
import type { WireCollectionRun } from '#lib/tables/collection-runs.ts';
import { collectionRuns } from '#lib/tables/collection-runs.ts';
import type { Tx } from '#server/db/in-org.ts';
import type { Who } from '#server/http/app-env.ts';
import { visibleRows } from '#server/sync/visible-rows.ts';
import { decodeListCursor, encodeListCursor } from './list-cursor.ts';
import { toWireRow } from './wire-row.ts';

export const listRunsQuery = z.strictObject({
  status: z.enum(runStatuses).optional(),
  updated_since: z.iso.datetime({ offset: true }).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: z.string().max(500).optional(),
});

/** The runs that this member may know of, newest first. */
export async function listRuns(
  tx: Tx,
  who: Who,
  { status, updated_since, limit, cursor }: z.infer<typeof listRunsQuery>,
): Promise<{ runs: WireCollectionRun[]; next_cursor: string | null }> {
  let query = tx
    .selectFrom('collection_runs as t')
    .selectAll('t')
    .where(visibleRows('collection-runs', who))
    .where('org_id', '=', who.orgId)
    .where('deleted_at', 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (status !== undefined) query = query.where('status', '=', status);
  if (updated_since !== undefined) query = query.where('updated_at', '>=', new Date(updated_since));
  if (cursor !== undefined) {
    const after = decodeListCursor(cursor);
    query = query.where((where) =>
      where.or([
        where('created_at', '<', new Date(after.at)),
        where.and([where('created_at', '=', new Date(after.at)), where('id', '<', after.id)]),
      ]),
    );
  }
  const rows = await query.execute();
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    runs: page.map((row) => toWireRow(collectionRuns, row)),
    next_cursor: rows.length > limit && last ? encodeListCursor(last.created_at, last.id) : null,
  };
}

/** The run of this member that is going on or paused, the newest if there are several. */
export async function findActiveRun(tx: Tx, who: Who): Promise<WireCollectionRun | null> {
  const row = await tx
    .selectFrom('collection_runs')
    .selectAll()
    .where('org_id', '=', who.orgId)
    .where('created_by', '=', who.userId)
    .where('status', 'in', ['running', 'paused'])
    .orderBy('status', 'desc')
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? toWireRow(collectionRuns, row) : null;
}
