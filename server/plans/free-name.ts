import { AppError } from '#lib/shared/app-error.ts';
import type { Tx } from '#server/db/in-org.ts';

const kinds = { collection_presets: 'preset', seller_views: 'view' } as const;

/**
 * The name and what it is compared by, with the counter locked; `own`: the row that may have it already.
 * Throws `name_taken` with the other's id.
 */
export async function freeName(
  tx: Tx,
  table: keyof typeof kinds,
  orgId: string,
  { name, own }: { name: string; own?: string },
): Promise<{ name: string; name_key: string }> {
  const name_key = name.normalize('NFKC').toLowerCase();
  const other = await tx
    .selectFrom(table)
    .select('id')
    .where('org_id', '=', orgId)
    .where('name_key', '=', name_key)
    .executeTakeFirst();
  if (other !== undefined && other.id !== own) {
    const message = `Another ${kinds[table]} has that name already.`;
    throw new AppError('name_taken', { message, details: { id: other.id } });
  }
  return { name, name_key };
}
