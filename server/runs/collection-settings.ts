import type { CollectionSettings } from '#lib/protocol/collection.ts';
import type { Tx } from '#server/db/in-org.ts';

/**
 * Price of a call where a workspace has set none, in millionths of a dollar. The catalogue's is a
 * pretence of one cent; Oxylabs' depends on the plan, and this is on the high side.
 */
const defaultPrices: Readonly<Record<string, number>> = { catalogue: 10_000, list: 0, oxylabs: 3_000 };

/** The workspace's settings for runs, defaults filled in. */
export async function loadCollectionSettings(tx: Tx, orgId: string): Promise<CollectionSettings> {
  const row = await tx.selectFrom('collection_settings').selectAll().where('org_id', '=', orgId).executeTakeFirst();
  return {
    budget_cap_cents: row?.budget_cap_cents ?? 2500,
    soft_warning_percent: row?.soft_warning_percent ?? 80,
    max_concurrent_runs: row?.max_concurrent_runs ?? 3,
    microusd_per_call: { ...defaultPrices, ...row?.microusd_per_call },
  };
}

export async function saveCollectionSettings(tx: Tx, orgId: string, settings: CollectionSettings): Promise<void> {
  const row = { ...settings, microusd_per_call: JSON.stringify(settings.microusd_per_call) };
  await tx
    .insertInto('collection_settings')
    .values({ org_id: orgId, ...row })
    .onConflict((conflict) => conflict.column('org_id').doUpdateSet(row))
    .execute();
}
