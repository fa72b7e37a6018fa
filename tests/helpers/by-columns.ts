import type { PullAnswer, PullColumns } from '#lib/protocol/pull.ts';
import type { TableDeclaration } from '#lib/tables/define-table.ts';
import { type TableName, tables } from '#lib/tables/index.ts';

/** A page of rows as the server answers it by columns. */
export function byColumns(name: TableName, { items, ...tail }: PullAnswer): PullColumns {
  const table: TableDeclaration = tables[name];
  const valueOf = (row: Record<string, unknown>, column: string): unknown => {
    const value = row[column];
    return table.columns[column]?.kind === 'time' && value !== null ? Date.parse(String(value)) : value;
  };
  const columns = table.columnNames.map((column) => [column, items.map((row) => valueOf(row, column))]);
  return { columns: Object.fromEntries(columns) as PullColumns['columns'], ...tail };
}
