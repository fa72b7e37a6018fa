import { expect, test } from 'vitest';
import { keepTidy } from './keep-tidy.ts';
import { openDatabase } from './open-database.ts';

test('tables that changed much are analyzed, those full of dead rows vacuumed, and only once', async () => {
  const database = await openDatabase({});
  const { db, script } = database;
  const run = (text: string) => script((query) => query(text));
  await run('create table grown (n integer); insert into grown select generate_series(1, 5000)');
  expect(await keepTidy(db)).toEqual(['grown']);
  expect(await keepTidy(db)).toEqual([]);
  await run('update grown set n = n + 1 where n <= 3000');
  expect(await keepTidy(db)).toEqual(['grown']);
  const dead = await run(
    "select n_dead_tup::int as dead, vacuum_count::int as vacuums from pg_stat_user_tables where relname = 'grown'",
  );
  expect(dead).toEqual([{ dead: 0, vacuums: 1 }]);
  expect(await keepTidy(db)).toEqual([]);
  await database.close();
});
