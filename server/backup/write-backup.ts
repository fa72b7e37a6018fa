import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { sql } from 'kysely';
import { AppError } from '#lib/shared/app-error.ts';
import type { Tx } from '#server/db/in-org.ts';
import type { Database } from '#server/db/open-database.ts';
import { type BackupHeader, writePiece } from './backup-format.ts';
import { backupTables, type BackupTable, takeRoleFor } from './backup-tables.ts';

/** About this much text is read from the database at once, and is one line of the backup. */
const PIECE_BYTES = 1024 * 1024;
const MOST_ROWS = 5000;

/**
 * Writes every row of the database into a file, as of one moment, while servers go on working. Secrets
 * are among them (sessions and cursors stay valid), so only its owner may read the file. What is cut off
 * in the middle leaves no file of that name.
 */
export async function writeBackup({ db }: Database, file: string, now: number): Promise<void> {
  const partial = `${file}.partial`;
  try {
    await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute((tx) =>
        pipeline(
          Readable.from(backupLines(tx, now)),
          createGzip({ level: 3 }),
          createWriteStream(partial, { mode: 0o600, flush: true }),
        ),
      );
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

async function* backupLines(tx: Tx, now: number): AsyncGenerator<string> {
  const header: BackupHeader = {
    format: 'sellerdex-backup',
    version: 1,
    schema: await readSchema(tx),
    made_at: new Date(now).toISOString(),
  };
  yield `${JSON.stringify(header)}\n`;
  const counts: Record<string, number> = {};
  for (const table of await backupTables(tx)) {
    let count = 0;
    for await (const rows of piecesOf(tx, table)) {
      count += rows.length;
      yield `${writePiece({ table: table.name, count: rows.length, rows: `[${rows.join(',')}]` })}\n`;
    }
    counts[table.name] = count;
  }
  yield `${JSON.stringify({ end: true, counts })}\n`;
}

/** The rows as JSON, through a cursor: as many at a time as make a piece, judged by the piece before. */
async function* piecesOf(tx: Tx, table: BackupTable): AsyncGenerator<string[]> {
  await takeRoleFor(tx, table);
  await sql`declare backup no scroll cursor for
    select row_to_json(t)::text as json from ${sql.table(table.name)} t`.execute(tx);
  for (let wanted = 100; ;) {
    const { rows } = await sql<{ json: string }>`fetch forward ${sql.lit(wanted)} from backup`.execute(tx);
    if (rows.length === 0) break;
    const texts = rows.map(({ json }) => json);
    yield texts;
    const length = texts.reduce((sum, text) => sum + text.length, 0);
    wanted = Math.min(MOST_ROWS, Math.max(1, Math.round((rows.length * PIECE_BYTES) / length)));
  }
  await sql`close backup`.execute(tx);
}

async function readSchema(tx: Tx): Promise<number> {
  const { rows: found } = await sql<{ exists: boolean }>`
    select to_regclass('schema_migrations') is not null as exists`.execute(tx);
  if (found[0]?.exists !== true) {
    throw new AppError('invalid_request', { message: 'There is nothing to back up: the database is empty.' });
  }
  const { rows } = await sql<{ schema: number }>`select max(number) as schema from schema_migrations`.execute(tx);
  return rows[0]?.schema ?? 0;
}
