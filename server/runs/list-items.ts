import { z } from 'zod';
import { itemStatuses, listedTypes } from '#lib/domain/run.ts';
import type { WireSeller } from '#lib/tables/sellers.ts';
import { sellers as sellersTable } from '#lib/tables/sellers.ts';
import type { Tx } from '#server/db/in-org.ts';
import { decodeListCursor, encodeListCursor } from './list-cursor.ts';
import { listRunCategories } from './list-run-categories.ts';
import type { RunItem } from './run-item.ts';
import { toWireRow } from './wire-row.ts';

const paging = {
  limit: z.coerce.number().int().min(1).max(10_000).default(1000),
  cursor: z.string().max(500).optional(),
};
export const listItemsQuery = z.strictObject({
  status: z.enum(itemStatuses).optional(),
  type: z.enum(listedTypes).optional(),
  ...paging,
});
export const listRunSellersQuery = z.strictObject({
  kind: z.enum(['new', 'known']).optional(),
  order: z.enum(['asc', 'desc']).default('asc'),
  ...paging,
});

interface Page {
  readonly cursor?: string | undefined;
  readonly limit: number;
  /** Of the time at which an item came up. */
  readonly order?: 'asc' | 'desc';
}

function itemsAfter(tx: Tx, orgId: string, runId: string, { cursor, limit, order = 'asc' }: Page) {
  const query = tx
    .selectFrom('collection_items as item')
    .where('item.org_id', '=', orgId)
    .where('item.run_id', '=', runId)
    .orderBy('item.created_at', order)
    .orderBy('item.id', order)
    .limit(limit + 1);
  if (cursor === undefined) return query;
  const after = decodeListCursor(cursor);
  const beyond = order === 'asc' ? '>' : '<';
  return query.where((where) =>
    where.or([
      where('item.created_at', beyond, new Date(after.at)),
      where.and([where('item.created_at', '=', new Date(after.at)), where('item.id', beyond, after.id)]),
    ]),
  );
}

/** What a run worked on and found, in the order it came up; its categories only when they are asked for. */
export async function listItems(
  tx: Tx,
  run: { orgId: string; runId: string },
  { status, type, limit, cursor }: z.infer<typeof listItemsQuery>,
): Promise<{ items: RunItem[]; next_cursor: string | null }> {
  if (type === 'category') return listRunCategories(tx, run, { status, limit, cursor });
  let query = itemsAfter(tx, run.orgId, run.runId, { cursor, limit }).select([
    'id',
    'type',
    'status',
    'external_id',
    'data',
    'is_new',
    'error_code',
    'error_message',
    'cost_cents',
    'created_at',
    'updated_at',
  ]);
  if (status !== undefined) query = query.where('status', '=', status);
  if (type !== undefined) query = query.where('type', '=', type);
  const rows = await query.execute();
  const last = rows[limit - 1];
  return {
    items: rows.slice(0, limit).map((row) => ({
      ...row,
      created_at: row.created_at.toISOString(),
      updated_at: row.updated_at.toISOString(),
    })),
    next_cursor: rows.length > limit && last ? encodeListCursor(last.created_at, last.id) : null,
  };
}

/** The sellers that a run found, as their rows are now; deleted ones are left out. */
export async function listRunSellers(
  tx: Tx,
  run: { orgId: string; runId: string },
  { kind, ...page }: z.infer<typeof listRunSellersQuery>,
): Promise<{ sellers: WireSeller[]; next_cursor: string | null }> {
  const { limit } = page;
  let query = itemsAfter(tx, run.orgId, run.runId, page)
    .where('item.type', '=', 'ebay_seller')
    .innerJoin('sellers', (join) =>
      join
        .onRef('sellers.org_id', '=', 'item.org_id')
        .onRef('sellers.id', '=', 'item.seller_id')
        .on('sellers.deleted_at', 'is', null),
    )
    .selectAll('sellers')
    .select(['item.created_at as item_at', 'item.id as item_id']);
  if (kind !== undefined) query = query.where('item.is_new', '=', kind === 'new');
  const rows = await query.execute();
  const last = rows[limit - 1];
  return {
    sellers: rows.slice(0, limit).map((row) => toWireRow(sellersTable, row)),
    next_cursor: rows.length > limit && last ? encodeListCursor(last.item_at, last.item_id) : null,
  };
}
