import type { Tx } from '#server/db/in-org.ts';
import { AppError } from '#lib/shared/app-error.ts';

/** They are listed whole, without pages. */
const MOST = 500;

/** Throws `invalid_request` when the workspace has as many of them as it may. */
export async function checkRoom(
  tx: Tx,
  table: 'collection_presets' | 'collection_schedules' | 'seller_views',
  orgId: string,
): Promise<void> {
  const { count } = await tx
    .selectFrom(table)
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('org_id', '=', orgId)
    .executeTakeFirstOrThrow();
  if (Number(count) >= MOST) {
    throw new AppError('invalid_request', { message: `There are ${MOST} of them already. Delete one first.` });
  }
}
