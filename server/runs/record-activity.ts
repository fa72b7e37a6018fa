import { activity } from '#lib/tables/activity.ts';
import type { Activity } from '#lib/tables/activity.ts';
import { takeNumbers, takeVersions } from '#server/db/counters.ts';
import type { Tx } from '#server/db/in-org.ts';

/** Who did something: a member, or the program itself. */
export interface Actor {
  id: string | null;
  name: string;
}

export const theProgram: Actor = { id: null, name: 'Sellerdex' };

export interface RunEntry {
  orgId: string;
  /** Null: about no single run, so that everybody sees it. */
  runId: string | null;
  actor: Actor;
  kind: string;
  summary: string;
  details?: Activity['details'];
}

/** Adds an entry about runs to the audit trail, with the counter locked; returns its change number. */
export async function recordRunActivity(tx: Tx, entry: RunEntry, now: number): Promise<number> {
  const version = await takeVersions(tx, entry.orgId, 1);
  const no = await takeNumbers(tx, entry.orgId, activity.name, 1);
  const at = new Date(now);
  const id = crypto.randomUUID();
  const records = entry.runId === null ? [] : [entry.runId];
  await tx
    .insertInto('activity')
    .values({
      org_id: entry.orgId,
      id,
      no,
      version,
      created_at: at,
      updated_at: at,
      deleted_at: null,
      actor_id: entry.actor.id,
      actor_name: entry.actor.name,
      kind: entry.kind,
      run_id: entry.runId,
      table_name: entry.runId === null ? null : 'collection-runs',
      record_count: records.length,
      record_ids: JSON.stringify(records),
      summary: entry.summary,
      details: JSON.stringify(entry.details ?? {}),
    })
    .execute();
  if (entry.runId !== null) {
    const target = { org_id: entry.orgId, activity_id: id, record_id: entry.runId };
    await tx.insertInto('activity_targets').values(target).execute();
  }
  return version;
}
