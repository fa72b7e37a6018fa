import type { PushResult } from '#lib/protocol/push.ts';
import { pushResult } from '#lib/protocol/push.ts';
import type { Tx } from '#server/db/in-org.ts';

/** The recorded results of those mutations that were judged before, applied or rejected, by id. */
export async function findResults(
  tx: Tx,
  orgId: string,
  ids: readonly string[],
): Promise<Map<string, { hash: string; result: PushResult }>> {
  const rows = await tx
    .selectFrom('mutations')
    .select(['id', 'request_hash', 'result'])
    .where('org_id', '=', orgId)
    .where('id', 'in', ids)
    .execute();
  return new Map(
    rows.map(({ id, request_hash, result }) => [id, { hash: request_hash, result: pushResult.parse(result) }]),
  );
}
