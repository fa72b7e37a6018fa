import type { Selectable } from 'kysely';
import type { SellerView, SellerViewChange, SellerViewRequest } from '#lib/protocol/seller-views.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { lockCounter } from '#server/db/counters.ts';
import type { Tx } from '#server/db/in-org.ts';
import { inOrg } from '#server/db/in-org.ts';
import type { Schema } from '#server/db/schema.ts';
import type { Deps } from '#server/deps.ts';
import type { Who } from '#server/http/app-env.ts';
import { checkRoom } from '#server/plans/check-room.ts';

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
        ...(await freeName(tx, who.orgId, name, null)),
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
    const before = await loadMine(tx, who, id);
    const row = await tx
      .updateTable('seller_views')
      .set({
        ...(await freeName(tx, who.orgId, change.name ?? before.name, id)),
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
  return inOrg(database.db, who.orgId, async (tx) => {
    await loadMine(tx, who, id);
    await tx.deleteFrom('seller_views').where('org_id', '=', who.orgId).where('id', '=', id).execute();
  });
}

/** One that this member may change: its creator's, or anybody's with the right `settings.manage`. */
async function loadMine(tx: Tx, who: Who, id: string): Promise<Row> {
  const row = await tx
    .selectFrom('seller_views')
    .selectAll()
    .where('org_id', '=', who.orgId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw new AppError('not_found');
  if (row.created_by !== who.userId && !who.permissions.includes('settings.manage')) throw new AppError('forbidden');
  return row;
}

/** The name and what it is compared by, with the counter locked. Throws `name_taken` with the other's id. */
async function freeName(tx: Tx, orgId: string, name: string, own: string | null) {
  const name_key = name.normalize('NFKC').toLowerCase();
  const other = await tx
    .selectFrom('seller_views')
    .select('id')
    .where('org_id', '=', orgId)
    .where('name_key', '=', name_key)
    .executeTakeFirst();
  if (other !== undefined && other.id !== own) {
    throw new AppError('name_taken', { message: 'Another view has that name already.', details: { id: other.id } });
  }
  return { name, name_key };
}

function jsonOf(columns: SellerView['columns']): string | null {
  return columns === null ? null : JSON.stringify(columns);
}

function answerOf({ org_id: _org, name_key: _key, created_at, updated_at, ...row }: Row): SellerView {
  return { ...row, created_at: created_at.toISOString(), updated_at: updated_at.toISOString() };
}
