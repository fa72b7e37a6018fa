import { sql } from 'kysely';
import type { Tx } from '#server/db/in-org.ts';

export interface ActivityEntry {
  readonly actor: { readonly id: string; readonly name: string };
  readonly kind: string;
  readonly table: string;
  readonly recordIds: readonly string[];
  readonly summary: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** How many ids an entry itself carries; all of them are in its targets. */
const IDS_SHOWN = 100;

/** One entry of the audit trail with its targets, under the change number and row number given. */
export async function insertActivity(
  tx: Tx,
  orgId: string,
  numbers: { no: number; version: number },
  entry: ActivityEntry,
  now: Date,
): Promise<void> {
  const id = crypto.randomUUID();
  const { actor, kind, table, recordIds, summary, details } = entry;
  await tx
    .insertInto('activity')
    .values({
      org_id: orgId,
      id,
      ...numbers,
      created_at: now,
      updated_at: now,
      deleted_at: null,
      actor_id: actor.id,
      actor_name: actor.name,
      kind,
      run_id: null,
      table_name: table,
      record_count: recordIds.length,
      record_ids: JSON.stringify(recordIds.slice(0, IDS_SHOWN)),
      summary,
      details: JSON.stringify(details),
    })
    .execute();
  await sql`
    insert into activity_targets (org_id, activity_id, record_id)
    select ${orgId}, ${id}, unnest(${recordIds}::uuid[])`.execute(tx);
}
