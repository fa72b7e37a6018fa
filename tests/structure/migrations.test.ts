import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ColumnKind, Columns } from '#lib/tables/columns.ts';
import { tables } from '#lib/tables/index.ts';
import { migrate } from '#server/db/migrate.ts';
import type { Database } from '#server/db/open-database.ts';
import { openDatabase } from '#server/db/open-database.ts';

/** SQL types that may hold a column of each kind. */
const sqlTypes: Record<ColumnKind, readonly string[]> = {
  id: ['uuid'],
  text: ['text'],
  integer: ['integer', 'bigint'],
  decimal: ['double precision', 'real', 'numeric'],
  boolean: ['boolean'],
  time: ['timestamp with time zone', 'bigint'],
  choice: ['text'],
  json: ['jsonb', 'json', 'ARRAY'],
};

let database: Database;
beforeAll(async () => {
  database = await openDatabase({});
  await migrate(database);
});
afterAll(() => database.close());

const query = (sql: string) => database.script((run) => run(sql));

describe.each(Object.values(tables))('table $name', ({ sql: table, columns: declaredColumns, columnNames }) => {
  const columns: Columns = declaredColumns;

  const readColumns = async () => {
    const rows = await query(
      `select column_name, data_type, is_nullable from information_schema.columns where table_schema = 'public' and table_name = '${table}'`,
    );
    return new Map(
      rows.map((row) => [row['column_name'], { type: row['data_type'], nullable: row['is_nullable'] === 'YES' }]),
    );
  };

  test('the migrations make every declared column, of its type', async () => {
    const found = await readColumns();
    const wrong = columnNames.flatMap((name) => {
      const declared = columns[name];
      const column = found.get(name);
      if (declared === undefined || column === undefined) return [`${name} is missing`];
      if (!sqlTypes[declared.kind].includes(String(column.type)))
        return [`${name} is ${String(column.type)}, not ${declared.kind}`];
      return column.nullable === declared.nullable ? [] : [`${name} is ${column.nullable ? '' : 'not '}nullable`];
    });
    expect(wrong).toEqual([]);
  });

  test('its rows belong to a workspace, behind forced row security', async () => {
    const rows = await query(
      `select relrowsecurity, relforcerowsecurity from pg_class where oid = 'public.${table}'::regclass`,
    );
    expect(rows).toEqual([{ relrowsecurity: true, relforcerowsecurity: true }]);
    const [key] = await query(
      `select pg_get_constraintdef(oid) as definition from pg_constraint where contype = 'p' and conrelid = 'public.${table}'::regclass`,
    );
    expect(key?.['definition']).toMatch(/^PRIMARY KEY \(org_id,/);
  });
});

test('every table that names a workspace forces row security', async () => {
  const open = await query(`
    select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and a.attname = 'org_id' and not c.relforcerowsecurity`);
  expect(open).toEqual([]);
});
