import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, PostgresDialect } from 'kysely';
import pg from 'pg';
import { keepListening, type ListenOptions } from './keep-listening.ts';
import { lockFolder } from './lock-folder.ts';
import type { Schema } from './schema.ts';
import { RowCursor } from './stream-rows.ts';

export type Db = Kysely<Schema>;

/** One open database. PGlite has a single connection: never open a transaction inside another. */
export interface Database {
  readonly engine: 'pglite' | 'postgres';
  readonly db: Db;
  /** Runs several statements of plain SQL in one session, and so under one session's locks. */
  script<T>(work: (run: (sql: string) => Promise<Record<string, unknown>[]>) => Promise<T>): Promise<T>;
  /** Hears `NOTIFY channel` until the returned function is called; null where no other process can exist (PGlite). */
  listen: ((options: Pick<ListenOptions, 'channel' | 'hear' | 'onReopened'>) => Promise<() => Promise<void>>) | null;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** PostgreSQL address; without it an embedded database in `folder`, or in memory. */
  readonly url?: string | undefined;
  readonly folder?: string | undefined;
  /** A copy of an embedded database's folder to begin with; the folder must be new. */
  readonly restore?: Uint8Array | undefined;
  /** Most connections of the pool. */
  readonly connections?: number;
  /** Told when a connection breaks; it is replaced by itself. */
  readonly onError?: (error: unknown) => void;
}

/** Opens the database, without migrating it. Throws when the folder is in use by another process. */
export function openDatabase(options: DatabaseOptions): Promise<Database> {
  return options.url === undefined ? openEmbedded(options) : Promise.resolve(openPostgres(options.url, options));
}

async function openEmbedded({ folder, restore }: DatabaseOptions): Promise<Database> {
  if (folder !== undefined) await mkdir(folder, { recursive: true });
  const unlock = folder === undefined ? null : await lockFolder(folder);
  try {
    const embedded = await PGlite.create({
      ...(folder === undefined ? {} : { dataDir: join(folder, 'pg') }),
      ...(restore === undefined ? {} : { loadDataDir: new Blob([new Uint8Array(restore)]) }),
    });
    const db = new Kysely<Schema>({ dialect: new PGliteDialect({ pglite: embedded }) });
    return {
      engine: 'pglite',
      db,
      script: (work) => work(async (sql) => (await embedded.exec(sql)).at(-1)?.rows ?? []),
      listen: null,
      close: async () => {
        await db.destroy();
        if (!embedded.closed) await embedded.close();
        await unlock?.();
      },
    };
  } catch (error) {
    await unlock?.();
    throw error;
  }
}

function openPostgres(url: string, { connections = 10, onError }: DatabaseOptions): Database {
  const pool = new pg.Pool({ connectionString: url, max: connections, types: { getTypeParser: typeParser } });
  // A connection that breaks between two statements of a transaction says so itself: unheard, it would
  // end the process. One that breaks while nobody has it says so here as well.
  pool.on('connect', (client) => client.on('error', (error) => onError?.(error)));
  pool.on('error', () => undefined);
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool, cursor: RowCursor }) });
  return {
    engine: 'postgres',
    db,
    script: async (work) => {
      const client = await pool.connect();
      let broken = true;
      try {
        const answer = await work(async (sql) => {
          type Result = pg.QueryResult<Record<string, unknown>>;
          const result = (await client.query(sql)) as Result | Result[];
          return (Array.isArray(result) ? result.at(-1) : result)?.rows ?? [];
        });
        broken = false;
        return answer;
      } finally {
        client.release(broken);
      }
    },
    listen: (options) => keepListening({ ...options, url, onError: (error) => onError?.(error) }),
    close: () => db.destroy(),
  };
}

// Counters and sizes stay far below 2^53, so a bigint may be a number as it is in PGlite.
const typeParser = ((oid: number, format?: 'text'): unknown =>
  oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser;
