import { sql } from 'kysely';
import type { PushResult } from '#lib/protocol/push.ts';
import type { Tx } from '#server/db/in-org.ts';

export interface RecordedResult {
  readonly hash: string;
  readonly result: PushResult;
}

/** Remembers what mutations did, so that the same ones again are answered and not applied. */
export async function insertResults(
  tx: Tx,
  { orgId, clientId, userId, now }: { orgId: string; clientId: string; userId: string; now: Date },
  recorded: readonly RecordedResult[],
): Promise<void> {
  if (recorded.length === 0) return;
  const rows = recorded.map(({ hash, result }) => ({ id: result.id, hash, result }));
  await sql`
    insert into mutations (org_id, id, request_hash, result, client_id, user_id, created_at)
    select ${orgId}, r.id, r.hash, r.result, ${clientId}, ${userId}, ${now}
    from json_to_recordset(${JSON.stringify(rows)}::json) as r (id uuid, hash text, result jsonb)`.execute(tx);
}
