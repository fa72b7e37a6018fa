import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { AppError } from '#lib/shared/app-error.ts';
import { OWNER_LOCK } from '#server/auth/create-owner.ts';
import type { Tx } from '#server/db/in-org.ts';
import { lockFolder } from '#server/db/lock-folder.ts';
import { migrate, newestSchema } from '#server/db/migrate.ts';
import { type Database, openDatabase } from '#server/db/open-database.ts';
import { beginEpoch, loadServerSettings } from '#server/db/server-settings.ts';
import type { RowsPiece } from './backup-format.ts';
import { backupTables, type BackupTable, takeRoleFor } from './backup-tables.ts';
import { checkBackup, isFolderCopy, readPieces } from './read-backup.ts';

/** Where an embedded database is until it is whole: inside the data folder, which may be a file system of its own. */
const UNFINISHED = 'restoring';
/** Names that a killed restore leaves in a folder. */
const leftover = new RegExp(`^(${UNFINISHED}$|(draft-)?lock\\.)`);
/** The first schema whose epoch is not among the settings. */
const EPOCH_APART = 5;

export interface RestoreTarget {
  readonly url?: string | undefined;
  /** Folder of the embedded database; used without `url`. */
  readonly folder: string;
}

/**
 * Fills an empty database with a backup, whichever kind of database that was made of, and begins a new
 * epoch. Throws `invalid_request` when the file is no whole backup or the database has rows. Whenever it is
 * cut off, there is nothing, or every row in a new epoch; what is missing then, a server's start does.
 */
export async function restoreBackup(target: RestoreTarget, file: string): Promise<void> {
  const folderCopy = await isFolderCopy(file);
  const header = folderCopy ? null : await checkBackup(file);
  if (header !== null && header.schema > (await newestSchema())) {
    throw refused(`${file} was made by a newer program. Update this one first.`);
  }
  if (target.url !== undefined) {
    if (header === null)
      throw refused(`${file} is a copy of an embedded database: restore it with --data, then back that up.`);
    return withDatabase(await openDatabase({ url: target.url }), (database) => load(database, file, header.schema));
  }
  await checkEmptyFolder(target.folder);
  const unlock = await lockFolder(target.folder);
  const unfinished = join(target.folder, UNFINISHED);
  try {
    await rm(unfinished, { recursive: true, force: true });
    const restore = folderCopy ? await readFile(file) : undefined;
    await withDatabase(await openDatabase({ folder: unfinished, restore }), (database) =>
      header === null ? adoptCopy(database) : load(database, file, header.schema),
    );
    await rename(join(unfinished, 'pg'), join(target.folder, 'pg'));
  } finally {
    await rm(unfinished, { recursive: true, force: true });
    await unlock();
  }
}

async function load(database: Database, file: string, schema: number): Promise<void> {
  if ((await migrate(database, schema)) !== schema) throw notEmpty();
  await database.db.transaction().execute(async (tx) => {
    // A server that starts meanwhile waits here, and then finds an owner.
    await sql`select pg_advisory_xact_lock(${OWNER_LOCK})`.execute(tx);
    const tables = await backupTables(tx);
    for (const table of tables) await checkEmpty(tx, table);
    const byName = new Map(tables.map((table) => [table.name, table]));
    for await (const piece of readPieces(file)) await insertPiece(tx, byName.get(piece.table), piece);
    await leaveEpoch(tx, schema);
  });
  await finish(database);
}

/** The rows must never be seen in the epoch of their backup. Where it is a setting, the migration that parts them makes a new one. */
async function leaveEpoch(tx: Tx, schema: number): Promise<void> {
  await takeRoleFor(tx, { name: 'database_epoch', guarded: false });
  if (schema >= EPOCH_APART) await beginEpoch(tx);
  else await tx.deleteFrom('server_settings').where('key', '=', 'epoch').execute();
}

async function insertPiece(
  tx: Tx,
  table: BackupTable | undefined,
  { table: name, count, rows }: RowsPiece,
): Promise<void> {
  if (table === undefined) throw refused(`The backup has a table ${name} that this program does not know.`);
  await takeRoleFor(tx, table);
  const target = sql.table(name);
  const { numAffectedRows } = await sql`
    insert into ${target} select * from json_populate_recordset(null::${target}, ${rows}::json)`.execute(tx);
  if (Number(numAffectedRows) !== count) throw refused(`The backup is damaged: rows of ${name} are missing.`);
}

async function checkEmpty(tx: Tx, table: BackupTable): Promise<void> {
  await takeRoleFor(tx, table);
  const { rows } = await sql`select 1 from ${sql.table(table.name)} limit 1`.execute(tx);
  if (rows.length > 0) throw notEmpty();
}

async function adoptCopy(database: Database): Promise<void> {
  await finish(database);
  await beginEpoch(database.db);
}

/** The newest schema, secrets if it had none, and what the planner knows of the tables. */
async function finish(database: Database): Promise<void> {
  await migrate(database);
  await loadServerSettings(database.db);
  await sql`analyze`.execute(database.db);
}

async function withDatabase(database: Database, work: (database: Database) => Promise<void>): Promise<void> {
  try {
    await work(database);
  } finally {
    await database.close();
  }
}

async function checkEmptyFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  if (!(await readdir(folder)).every((name) => leftover.test(name))) {
    throw refused(`The folder ${folder} is not empty. Move it away, or give another with --data.`);
  }
}

const refused = (message: string): AppError => new AppError('invalid_request', { message });
const notEmpty = (): AppError => refused('The database is not empty. Give the address of a new one.');
