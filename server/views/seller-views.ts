import type { Selectable } from 'kysely';
import type { SellerView, SellerViewChange, SellerViewRequest } from '#lib/protocol/seller-views.ts';
import { lockCounter } from '#server/db/counters.ts';
import { inOrg } from '#server/db/in-org.ts';
import type { Schema } from '#server/db/schema.ts';
import type { Deps } from '#server/deps.ts';
import type { Who } from '#server/http/app-env.ts';
import { checkRoom } from '#server/plans/check-room.ts';
import { freeName } from '#server/plans/free-name.ts';
import { deleteOwnPlan, loadOwnPlan } from '#server/plans/own-plan.ts';

type Row = Selectable<Schema['seller_views']>;

/** All of them, by name. */
export async function listSellerViews({ database }: Deps, { orgId }: Who): Promise<SellerView[]> {
  const rows = await inOrg(database.db, orgId, (tx) =>
    tx.selectFrom('seller_views').selectAll().where('org_id', '=', orgId).orderBy('name_key').execute(),
  );
  return rows.map(answerOf);
}

/** Throws `name_taken`, `invalid_request`. */
export function createSellerView(deps: Deps, who: Who, request: SellerViewRequest): Promise<SellerView> {
  return inOrg(deps.database.db, who.orgId, async (tx) => {
    await lockCounter(tx, who.orgId);
    await checkRoom(tx, 'seller_views', who.orgId);
    const { name, search = '', filter = '', sort = '', columns = null } = request;
    const at = new Date(deps.clock());
    const row = await tx
      .insertInto('seller_views')
      .values({
        org_id: who.orgId,
        id: crypto.randomUUID(),
        ...(await freeName(tx, 'seller_views', who.orgId, { name })),
        search,
        filter,
        sort,
        columns: jsonOf(columns),
        created_by: who.userId,
        created_at: at,
        updated_at: at,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return answerOf(row);
  });
}

/** What is left out stays. Throws `not_found`, `forbidden`, and what `createSellerView` throws. */
export function updateSellerView(deps: Deps, who: Who, id: string, change: SellerViewChange): Promise<SellerView> {
  return inOrg(deps.database.db, who.orgId, async (tx) => {
    await lockCounter(tx, who.orgId);
    const before = await loadOwnPlan(tx, who, 'seller_views', id);
    const row = await tx
      .updateTable('seller_views')
      .set({
        ...(await freeName(tx, 'seller_views', who.orgId, { name: change.name ?? before.name, own: id })),
        search: change.search ?? before.search,
        filter: change.filter ?? before.filter,
        sort: change.sort ?? before.sort,
        columns: jsonOf(change.columns === undefined ? before.columns : change.columns),
        updated_at: new Date(deps.clock()),
      })
      .where('org_id', '=', who.orgId)
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    return answerOf(row);
  });
}

/** Throws `not_found`, `forbidden`. */
export function deleteSellerView({ database }: Deps, who: Who, id: string): Promise<void> {
  return inOrg(database.db, who.orgId, (tx) => deleteOwnPlan(tx, who, 'seller_views', id));
}

function jsonOf(columns: SellerView['columns']): string | null {
  return columns === null ? null : JSON.stringify(columns);
}

function answerOf({ org_id: _org, name_key: _key, created_at, updated_at, ...row }: Row): SellerView {
  return { ...row, created_at: created_at.toISOString(), updated_at: updated_at.toISOString() };
}
