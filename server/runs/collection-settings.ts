import type { CollectionSettings, CollectionSettingsChange } from '#lib/protocol/collection.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { readSettings } from './plan-run.ts';
import { lockCounter } from '#server/db/counters.ts';
import type { Tx } from '#server/db/in-org.ts';

/**
 * Price of a call where a workspace has set none, in millionths of a dollar. The catalogue's is a pretence
 * of one cent. eBay's own API costs nothing. Oxylabs' published plans charge 300 to 500 for an Amazon page
 * and more for other sites; RapidAPI's depend on the plan. Both are on the high side, for a person to set.
 */
const defaultPrices: Readonly<Record<string, number>> = {
  catalogue: 10_000,
  list: 0,
  'ebay-browse': 0,
  oxylabs: 3_000,
  'oxylabs-ebay': 3_000,
  rapidapi: 4_000,
};

const readRow = (tx: Tx, orgId: string) =>
  tx.selectFrom('collection_settings').selectAll().where('org_id', '=', orgId).executeTakeFirst();

/** The workspace's settings for runs, defaults filled in. */
export async function loadCollectionSettings(tx: Tx, orgId: string): Promise<CollectionSettings> {
  return withDefaults(await readRow(tx, orgId));
}

function withDefaults(row: Awaited<ReturnType<typeof readRow>>): CollectionSettings {
  const prices = row?.microusd_per_call ?? {};
  // Where one price was set for both that Oxylabs does, it holds for both.
  const ofPages = prices['oxylabs'] === undefined ? {} : { 'oxylabs-ebay': prices['oxylabs'] };
  return {
    budget_cap_cents: row?.budget_cap_cents ?? 2500,
    soft_warning_percent: row?.soft_warning_percent ?? 80,
    max_concurrent_runs: row?.max_concurrent_runs ?? 3,
    microusd_per_call: { ...defaultPrices, ...ofPages, ...prices },
    default_settings: row?.default_settings ?? {},
  };
}

/** Changes what is given and keeps the rest. Throws `invalid_request` for the price of a source that does not exist. */
export async function changeCollectionSettings(tx: Tx, orgId: string, change: CollectionSettingsChange): Promise<void> {
  await lockCounter(tx, orgId);
  const stored = await readRow(tx, orgId);
  const before = withDefaults(stored);
  const prices = change.microusd_per_call ?? {};
  const unknown = Object.keys(prices).filter((source) => !Object.hasOwn(defaultPrices, source));
  if (unknown.length > 0) {
    const problems = unknown.map((source) => ({
      path: `microusd_per_call.${source}`,
      message: 'there is no such source',
    }));
    throw new AppError('invalid_request', { details: { problems } });
  }
  if (change.default_settings !== undefined) readSettings(change.default_settings, {}, 'default_settings');
  const row = {
    budget_cap_cents: change.budget_cap_cents ?? before.budget_cap_cents,
    soft_warning_percent: change.soft_warning_percent ?? before.soft_warning_percent,
    max_concurrent_runs: change.max_concurrent_runs ?? before.max_concurrent_runs,
    microusd_per_call: JSON.stringify({ ...stored?.microusd_per_call, ...prices }),
    default_settings: JSON.stringify(change.default_settings ?? before.default_settings),
  };
  await tx
    .insertInto('collection_settings')
    .values({ org_id: orgId, ...row })
    .onConflict((conflict) => conflict.column('org_id').doUpdateSet(row))
    .execute();
}
