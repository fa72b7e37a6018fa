import { sql } from 'kysely';
import { z } from 'zod';
import type { SellerRunsAnswer } from '#lib/protocol/seller-runs.ts';
import { AppError } from '#lib/shared/app-error.ts';
import type { Tx } from '#server/db/in-org.ts';
import type { Who } from '#server/http/app-env.ts';
import { visibleRows } from '#server/sync/visible-rows.ts';
import { decodeListCursor, encodeListCursor } from './list-cursor.ts';

export const listSellerRunsQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: z.string().max(500).optional(),
});

/** The runs that saw a seller, as far as this member may know of them, the latest first. Throws `not_found`. */
export async function listSellerRuns(
  tx: Tx,
  who: Who,
  sellerId: string,
  { limit, cursor }: z.infer<typeof listSellerRunsQuery>,
): Promise<SellerRunsAnswer> {
  const seller = await tx
    .selectFrom('sellers')
    .select('id')
    .where('org_id', '=', who.orgId)
    .where('id', '=', sellerId)
    .executeTakeFirst();
  if (seller === undefined) throw new AppError('not_found');
  const after = cursor === undefined ? null : decodeListCursor(cursor);
  const seenAt = sql<Date>`min(item.created_at)`;
  let query = tx
    .selectFrom('collection_items as item')
    .innerJoin('collection_runs as t', (join) =>
      join.onRef('t.org_id', '=', 'item.org_id').onRef('t.id', '=', 'item.run_id').on('t.deleted_at', 'is', null),
    )
    .where('item.org_id', '=', who.orgId)
    .where('item.seller_id', '=', sellerId)
    .where(visibleRows('collection-runs', who))
    .groupBy(['t.org_id', 't.id'])
    .select(['t.id', 't.name', 't.status', 't.started_at', seenAt.as('seen_at')])
    .select(sql<boolean>`bool_or(coalesce(item.is_new, false))`.as('is_new'))
    .orderBy('seen_at', 'desc')
    .orderBy('t.id', 'desc')
    .limit(limit + 1);
  if (after !== null)
    query = query.having(sql<boolean>`(${seenAt}, t.id) < (${new Date(after.at)}, ${after.id}::uuid)`);
  const rows = await query.execute();
  const last = rows[limit - 1];
  return {
    runs: rows.slice(0, limit).map(({ started_at: startedAt, seen_at: seen, ...run }) => ({
      ...run,
      started_at: startedAt?.toISOString() ?? null,
      seen_at: seen.toISOString(),
    })),
    next_cursor: rows.length > limit && last ? encodeListCursor(last.seen_at, last.id) : null,
  };
}
