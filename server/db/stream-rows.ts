import type { PostgresCursor, PostgresCursorConstructor, RawBuilder } from 'kysely';
import pg from 'pg';
import type { Tx } from './in-org.ts';

/** Kysely asks for so many rows at a time; a cursor here answers as many as have come. */
const ANY = 1;

/** The rows of a query as they come. The embedded database has them all before the first one is answered. */
export async function* streamRows<Row>(
  tx: Tx,
  engine: 'pglite' | 'postgres',
  query: RawBuilder<Row>,
): AsyncGenerator<Row[]> {
  if (engine === 'pglite') yield (await query.execute(tx)).rows;
  else for await (const { rows } of tx.getExecutor().stream(query.compile(tx), ANY)) yield rows;
}

/**
 * A query whose rows wait here until they are read. Unlike a cursor of the database, which waits to be
 * asked for the next rows, it lets the database go on while those before are worked on.
 */
function openRowCursor(text: string, parameters: unknown[]): PostgresCursor<unknown> & pg.Submittable {
  const query = new pg.Query(text, parameters);
  let rows: unknown[] = [];
  let failure: Error | null = null;
  let isOver = false;
  let wake = (): void => undefined;
  const waitForMore = (): Promise<void> => new Promise((resolve) => void (wake = resolve));
  query.on('row', (row: unknown) => {
    rows.push(row);
    wake();
  });
  query.on('end', () => {
    isOver = true;
    wake();
  });
  query.on('error', (error) => {
    failure = error;
    isOver = true;
    wake();
  });
  return Object.assign(query, {
    async read() {
      while (rows.length === 0 && !isOver) await waitForMore();
      if (failure !== null) throw failure;
      const read = rows;
      rows = [];
      return read;
    },
    async close() {
      while (!isOver) await waitForMore();
    },
  });
}

/** For Kysely, which makes one with `new`. */
export const RowCursor = openRowCursor as unknown as PostgresCursorConstructor;
