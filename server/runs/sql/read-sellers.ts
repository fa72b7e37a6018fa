import type { WireSeller } from '#lib/tables/sellers.ts';
import { sellers } from '#lib/tables/sellers.ts';
import type { Tx } from '#server/db/in-org.ts';
import { toWireRow } from '../wire-row.ts';

/** These sellers as they are now, in the order of their change numbers. */
export async function readSellers(tx: Tx, orgId: string, ids: readonly string[]): Promise<WireSeller[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .selectFrom('sellers')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', 'in', ids)
    .orderBy('version')
    .execute();
  return rows.map((row) => toWireRow(sellers, row));
}
