import { sql } from 'kysely';
import type { Tx } from '#server/db/in-org.ts';

export async function countLiveSellers(tx: Tx, orgId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from sellers where org_id = ${orgId} and deleted_at is null`.execute(tx);
  return rows[0]?.count ?? 0;
}
