import { sql } from 'kysely';
import type { ItemStatus } from '#lib/domain/run.ts';
import type { Tx } from '#server/db/in-org.ts';
import { findCategory } from '#server/sources/categories.ts';
import { decodeListCursor, encodeListCursor } from './list-cursor.ts';
import type { RunItem } from './run-item.ts';

interface CategoryRow {
  id: string;
  category_id: string;
  status: ItemStatus;
  products_found: number;
  error_code: string | null;
  error_message: string | null;
  cost_cents: number;
  created_at: Date;
  updated_at: Date;
}

/** The categories of a run in its order and what became of each, as items. Throws `invalid_cursor`. */
export async function listRunCategories(
  tx: Tx,
  { orgId, runId }: { orgId: string; runId: string },
  { status, limit, cursor }: { status?: ItemStatus | undefined; limit: number; cursor?: string | undefined },
): Promise<{ items: RunItem[]; next_cursor: string | null }> {
  const after = cursor === undefined ? null : decodeListCursor(cursor).id;
  const mine = sql`org_id = ${orgId} and run_id = ${runId}`;
  const { rows } = await sql<CategoryRow>`
    select id, category_id, status, products_found, error_code, error_message, cost_cents, created_at, updated_at
    from collection_run_categories
    where ${mine} and (${status ?? null}::text is null or status = ${status ?? null})
      and (${after}::uuid is null
        or position > (select position from collection_run_categories where ${mine} and id = ${after}))
    order by position limit ${limit + 1}`.execute(tx);
  const last = rows[limit - 1];
  return {
    items: rows.slice(0, limit).map(({ category_id, products_found, ...row }) => ({
      ...row,
      type: 'category',
      external_id: category_id,
      data: { title: findCategory(category_id)?.category.name ?? category_id, products_found },
      is_new: null,
      created_at: row.created_at.toISOString(),
      updated_at: row.updated_at.toISOString(),
    })),
    next_cursor: rows.length > limit && last ? encodeListCursor(last.created_at, last.id) : null,
  };
}
