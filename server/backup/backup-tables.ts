import { sql } from 'kysely';
import type { Tx } from '#server/db/in-org.ts';

/** What the database itself knows: which migrations it has, and which life it is in. */
const own = ['schema_migrations', 'database_epoch'];

export interface BackupTable {
  readonly name: string;
  /** Whether row security guards it, so that a role has to be taken that sees every workspace. */
  readonly guarded: boolean;
}

/** The tables of a backup, each after those that it refers to. */
export async function backupTables(tx: Tx): Promise<BackupTable[]> {
  const { rows: tables } = await sql<BackupTable>`
    select relname as name, relrowsecurity as guarded from pg_class
    where relkind = 'r' and relnamespace = current_schema()::regnamespace and not relname = any(${own}::text[])
    order by relname`.execute(tx);
  const { rows: references } = await sql<{ from: string; to: string }>`
    select f.relname as "from", t.relname as "to"
    from pg_constraint c join pg_class f on f.oid = c.conrelid join pg_class t on t.oid = c.confrelid
    where c.contype = 'f' and c.conrelid <> c.confrelid and f.relnamespace = current_schema()::regnamespace`.execute(
    tx,
  );
  const ordered = new Map<string, BackupTable>();
  while (ordered.size < tables.length) {
    const ready = tables.filter(
      ({ name }) => !ordered.has(name) && references.every(({ from, to }) => from !== name || ordered.has(to)),
    );
    if (ready.length === 0) throw new Error('The tables refer to one another in a circle.');
    for (const table of ready) ordered.set(table.name, table);
  }
  return [...ordered.values()];
}

/** Takes the role in which every row of the table can be read and written, for what follows in the transaction. */
export async function takeRoleFor(tx: Tx, { guarded }: BackupTable): Promise<void> {
  await sql`select set_config('role', ${guarded ? 'sellerdex_system' : 'none'}, true)`.execute(tx);
}
