import type { Selectable } from 'kysely';
import { AppError } from '#lib/shared/app-error.ts';
import type { Permission } from '#server/auth/permissions.ts';
import type { Tx } from '#server/db/in-org.ts';
import type { Schema } from '#server/db/schema.ts';
import type { Who } from '#server/http/app-env.ts';

/** Who may change a plan, or a view, besides its creator: holders of this right. */
const rights = {
  collection_presets: 'settings.manage',
  collection_schedules: 'runs.manage',
  seller_views: 'settings.manage',
} as const satisfies Partial<Record<keyof Schema, Permission>>;
type PlanTable = keyof typeof rights;

/** One that this member may change, locked. Throws `not_found`, `forbidden`. */
export async function loadOwnPlan<T extends PlanTable>(
  tx: Tx,
  who: Who,
  table: T,
  id: string,
): Promise<Selectable<Schema[T]>> {
  const row = await tx
    .selectFrom(table as PlanTable)
    .selectAll()
    .where('org_id', '=', who.orgId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw new AppError('not_found');
  if (row.created_by !== who.userId && !who.permissions.includes(rights[table])) throw new AppError('forbidden');
  return row as Selectable<Schema[T]>;
}

/** Throws `not_found`, `forbidden`. */
export async function deleteOwnPlan(tx: Tx, who: Who, table: PlanTable, id: string): Promise<void> {
  await loadOwnPlan(tx, who, table, id);
  await tx.deleteFrom(table).where('org_id', '=', who.orgId).where('id', '=', id).execute();
}
