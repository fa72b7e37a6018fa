import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from './open-database.ts';

const folder = join(import.meta.dirname, '..', 'migrations');
/** Any number will do, as long as every process of the program takes the same. */
const MIGRATION_LOCK = 7_355_301;

interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  readonly hash: string;
}

/** Number of the newest schema that this program knows. */
export async function newestSchema(): Promise<number> {
  return (await readMigrations()).length;
}

/**
 * Brings the database to the newest schema, or to an older one, and returns the number that it has then.
 * Each file of server/migrations is one transaction, under a lock that other processes wait for. Throws
 * when a file that was applied has changed since, or when the database is newer than this program.
 */
export async function migrate(database: Database, upTo?: number): Promise<number> {
  const migrations = await readMigrations();
  return database.script(async (run) => {
    await run(`select pg_advisory_lock(${MIGRATION_LOCK})`);
    try {
      await run(
        'create table if not exists schema_migrations (number integer primary key, name text not null, hash text not null, applied_at timestamptz not null default current_timestamp)',
      );
      const applied = await run('select number, hash from schema_migrations order by number');
      check(migrations, applied);
      const missing = migrations.slice(applied.length, upTo);
      for (const migration of missing) await apply(migration, run);
      return applied.length + missing.length;
    } finally {
      await run(`select pg_advisory_unlock(${MIGRATION_LOCK})`);
    }
  });
}

async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name, index) => {
      const sql = await readFile(join(folder, name), 'utf8');
      const number = Number(name.slice(0, 4));
      if (number !== index + 1)
        throw new Error(`Migrations must be numbered without gaps; ${name} is not ${index + 1}.`);
      return { number, name, sql, hash: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

function check(migrations: readonly Migration[], applied: readonly Record<string, unknown>[]): void {
  for (const [index, row] of applied.entries()) {
    const migration = migrations[index];
    if (migration === undefined) {
      throw new Error(
        `The database has schema ${String(row['number'])}, newer than this program's. Update the program.`,
      );
    }
    if (row['hash'] !== migration.hash) {
      throw new Error(`${migration.name} was changed after it had been applied to this database.`);
    }
  }
}

async function apply({ number, name, sql, hash }: Migration, run: (sql: string) => Promise<unknown>): Promise<void> {
  try {
    await run(
      `begin; ${sql}\n; insert into schema_migrations (number, name, hash) values (${number}, '${name}', '${hash}'); commit`,
    );
  } catch (error) {
    await run('rollback');
    throw new Error(`${name} failed`, { cause: error });
  }
}
