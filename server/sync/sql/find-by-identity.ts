import { sql } from 'kysely';
import type { TableDeclaration } from '#lib/tables/define-table.ts';
import type { Tx } from '#server/db/in-org.ts';
import type { TableRules } from '../table-rules.ts';

export interface NamedRow {
  id: string;
  no: number;
  version: number;
  identity: string;
}

/** The live rows that hold one of these names. */
export async function findByIdentity(
  tx: Tx,
  orgId: string,
  table: TableDeclaration,
  rules: TableRules,
  names: readonly string[],
): Promise<Map<string, NamedRow>> {
  const [scope, name] = rules.identity;
  const { rows } = await sql<NamedRow>`
    select t.id, t.no, t.version, ${sql.ref(`t.${name}`)} as identity
    from ${sql.table(table.sql)} t
    where t.org_id = ${orgId} and ${sql.ref(`t.${scope}`)} = ${rules.scope}
      and ${sql.ref(`t.${name}`)} = any(${names}::text[]) and t.deleted_at is null`.execute(tx);
  return new Map(rows.map((row) => [row.identity, row]));
}
