import { sql } from 'kysely';
import type { Tx } from '#server/db/in-org.ts';

/** Remembers under which id a client knows a row that existed already. */
export async function insertAliases(
  tx: Tx,
  orgId: string,
  table: string,
  aliases: ReadonlyMap<string, string>,
  now: Date,
): Promise<void> {
  if (aliases.size === 0) return;
  await sql`
    insert into id_aliases (org_id, table_name, alias, id, created_at)
    select ${orgId}, ${table}, a.alias, a.id, ${now}
    from unnest(${[...aliases.keys()]}::uuid[], ${[...aliases.values()]}::uuid[]) as a (alias, id)
    on conflict (org_id, table_name, alias) do update set id = excluded.id`.execute(tx);
}
