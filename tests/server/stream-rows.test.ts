import { type RawBuilder, sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { inSystem } from '#server/db/in-org.ts';
import { streamRows } from '#server/db/stream-rows.ts';
import { engines, useServer } from './server-under-test.ts';

interface Row {
  number: number;
}

const until = (last: number) => sql<Row>`select ${last}::int - n as number from generate_series(0, ${last}::int) n`;

describe.each(engines)('rows as they come on %s', (engine) => {
  const server = useServer(engine);
  const read = (query: RawBuilder<Row>, most = Infinity) =>
    inSystem(server.current.deps.database.db, async (tx) => {
      const numbers: number[] = [];
      for await (const rows of streamRows(tx, engine, query)) {
        for (const { number } of rows) numbers.push(number);
        if (numbers.length >= most) break;
      }
      // The transaction goes on behind it.
      const after = await sql<Row>`select 1 as number`.execute(tx);
      expect(after.rows).toEqual([{ number: 1 }]);
      return numbers;
    });

  test('all of them, in order, or none', async () => {
    expect(await read(until(20_000))).toEqual(Array.from({ length: 20_001 }, (_, at) => 20_000 - at));
    expect(await read(until(-1))).toEqual([]);
  });

  test('whoever stops half-way leaves the connection to others', async () => {
    const numbers = await read(until(20_000), 1);
    expect(numbers[0]).toBe(20_000);
  });

  test('a query that fails half-way fails for its reader', async () => {
    const broken = sql<Row>`select 10 / (5000 - n) as number from generate_series(0, 5000) n`;
    await expect(read(broken)).rejects.toMatchObject({ code: '22012' });
    expect(await read(until(1))).toEqual([1, 0]);
  });

  test('a query that the database does not understand fails for its reader', async () => {
    await expect(read(sql<Row>`select nothing_like_it`)).rejects.toMatchObject({ code: '42703' });
  });
});

describe('rows as they come', () => {
  const server = useServer('postgres');

  test('from a connection that breaks: an error, and the next reader gets another connection', async () => {
    const { db } = server.current.deps.database;
    const pieces = sql<Row>`select n as number, repeat('x', 1000) from generate_series(0, 500000) n`;
    const reading = inSystem(db, async (tx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
      for await (const read of streamRows(tx, 'postgres', pieces)) {
        if (read[0]?.number === 0) await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(db);
      }
    });
    await expect(reading).rejects.toThrow();
    expect((await sql<Row>`select 1 as number`.execute(db)).rows).toEqual([{ number: 1 }]);
  });
});
