import { sql } from 'kysely';
import { activity } from '#lib/tables/activity.ts';
import { takeNumbers } from '#server/db/counters.ts';
import type { Tx } from '#server/db/in-org.ts';
import { insertRows } from './insert-rows.ts';

export interface Entry {
  readonly version: number;
  readonly actor: { readonly id: string; readonly name: string };
  readonly kind: string;
  readonly table: string;
  readonly recordIds: readonly string[];
  readonly summary: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** How many ids an entry itself carries; all of them are in its targets. */
const IDS_SHOWN = 100;

/** Entries of the audit trail with their targets, under the change numbers given. */
export async function insertEntries(tx: Tx, orgId: string, entries: readonly Entry[], now: Date): Promise<void> {
  if (entries.length === 0) return;
  const first = await takeNumbers(tx, orgId, activity.name, entries.length);
  const rows = entries.map(({ version, actor, kind, table, recordIds, summary, details }, index) => ({
    id: crypto.randomUUID(),
    no: first + index,
    version,
    created_at: now.toISOString(),
    updated_at: now.toISOString(),
    actor_id: actor.id,
    actor_name: actor.name,
    kind,
    table_name: table,
    record_count: recordIds.length,
    record_ids: recordIds.slice(0, IDS_SHOWN),
    summary,
    details,
  }));
  await insertRows(tx, { orgId, table: activity }, rows);
  const targets = entries.flatMap(({ recordIds }, index) => recordIds.map((id) => ({ id, entry: rows[index]?.id })));
  await sql`
    insert into activity_targets (org_id, activity_id, record_id)
    select ${orgId}, t.entry, t.id
    from unnest(${targets.map(({ entry }) => entry)}::uuid[], ${targets.map(({ id }) => id)}::uuid[]) as t (entry, id)`.execute(
    tx,
  );
}
