import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { TableDeclaration } from '#lib/tables/define-table.ts';

/**
 * A row `t` as the JSON text that goes over the wire, made by the database: fetching the values and
 * building objects of them takes twice the processor time (embedded, 10,000 sellers: 183 against 85 ms).
 */
export function rowJson(table: TableDeclaration): RawBuilder<string> {
  const columns = table.columnNames.map((name) => {
    const column = sql.ref(`t.${name}`);
    return table.columns[name]?.kind === 'time'
      ? sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as ${sql.ref(name)}`
      : column;
  });
  return sql`(select row_to_json(r)::text from (select ${sql.join(columns)}) r)`;
}
