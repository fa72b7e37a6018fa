import type { PushResult } from '#lib/protocol/push.ts';
import { pushResult } from '#lib/protocol/push.ts';
import type { Tx } from '#server/db/in-org.ts';

/** The recorded result of a mutation that took effect before, or null. */
export async function findMutation(
  tx: Tx,
  orgId: string,
  id: string,
): Promise<{ hash: string; result: PushResult } | null> {
  const row = await tx
    .selectFrom('mutations')
    .select(['request_hash', 'result'])
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row === undefined ? null : { hash: row.request_hash, result: pushResult.parse(row.result) };
}
