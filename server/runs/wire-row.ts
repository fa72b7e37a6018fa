import type { Columns, WireRow } from '#lib/tables/columns.ts';
import type { TableDeclaration } from '#lib/tables/define-table.ts';

/** A row of the database as it goes over the wire: the declared columns alone, times as ISO text. */
export function toWireRow<C extends Columns>(
  table: TableDeclaration<string, C>,
  row: Readonly<Record<string, unknown>>,
): WireRow<C> {
  const wire = table.columnNames.map((name) => {
    const value = row[name];
    return [name, value instanceof Date ? value.toISOString() : value] as const;
  });
  return Object.fromEntries(wire) as WireRow<C>;
}
