import { PGlite } from '@electric-sql/pglite';
import { join } from 'node:path';
import pg from 'pg';
import { sellers } from '#lib/tables/sellers.ts';

/** Seconds and bytes of `COPY (the same columns of the live rows) TO STDOUT`, and how many lines it gave. */
export interface Copied {
  seconds: number;
  bytes: number;
  lines: number;
}

const columns = sellers.columnNames.map((name) => `"${name}"`).join(', ');
const select = `select ${columns} from sellers where deleted_at is null`;
// Reads every row once before, as the server's first page does by counting them.
const WARM = 'select count(*) from sellers where deleted_at is null';

export async function copyFromPostgres(url: string): Promise<Copied> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(WARM);
    const start = performance.now();
    let bytes = 0;
    let lines = 0;
    await new Promise<void>((resolve, reject) => {
      // The driver hands what arrives to the query in hand; pg's own queries ignore COPY data.
      const query = {
        submit: (connection: pg.Connection) => connection.query(`copy (${select}) to stdout`),
        handleCopyData: ({ chunk }: { chunk: Buffer }) => {
          bytes += chunk.length;
          lines += 1;
        },
        handleRowDescription: () => undefined,
        handleCommandComplete: () => undefined,
        handleReadyForQuery: () => resolve(),
        handleError: (error: Error) => reject(error),
      };
      client.query(query);
    });
    return { seconds: (performance.now() - start) / 1000, bytes, lines };
  } finally {
    await client.end();
  }
}

/** In this process, because an embedded database belongs to one; its server must not run. */
export async function copyFromFolder(data: string): Promise<Copied> {
  const database = await PGlite.create({ dataDir: join(data, 'pg') });
  try {
    await database.query(WARM);
    const start = performance.now();
    const { blob } = await database.query(`copy (${select}) to '/dev/blob'`);
    const seconds = (performance.now() - start) / 1000;
    if (blob === undefined) throw new Error('COPY gave no blob');
    const lines = (await blob.text()).split('\n').length - 1;
    return { seconds, bytes: blob.size, lines };
  } finally {
    await database.close();
  }
}
