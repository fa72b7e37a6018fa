import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { TableDeclaration } from '#lib/tables/define-table.ts';

/**
 * A row `t` as the JSON text that goes over the wire, made by the database: at 100,000 rows this is
 * several times faster than fetching values and building objects of them.
 */
export function rowJson(table: TableDeclaration): RawBuilder<string> {
  const pairs = table.columnNames.map((name) => {
    const column = sql.ref(`t.${name}`);
    const value =
      table.columns[name]?.kind === 'time'
        ? sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
        : column;
    return sql`${sql.lit(name)}, ${value}`;
  });
  return sql`json_build_object(${sql.join(pairs)})::text`;
}
