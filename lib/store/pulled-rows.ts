import type { PullPage } from '#lib/protocol/pull.ts';
import { AppError } from '#lib/shared/app-error.ts';
import type { TableDeclaration } from '#lib/tables/define-table.ts';
import type { TableName } from '#lib/tables/index.ts';
import { tables } from '#lib/tables/index.ts';
import { rowFromWire, wireRowAt } from '#lib/tables/row-conversion.ts';
import { columnSchema } from '#lib/tables/wire-schemas.ts';
import type { RowForm } from './pack-column.ts';
import type { AnyColumns } from './page-codec.ts';
import { rowsToColumns } from './page-codec.ts';
import type { StoredRow } from './types.ts';

/** The rows of one pulled page by columns, however they came. Of their values JSON alone is checked yet. */
export interface PulledRows {
  readonly count: number;
  readonly columns: AnyColumns;
  readonly form: Exclude<RowForm, 'inside'>;
  /** One row as the program holds it inside. Throws `invalid_answer`. */
  rowAt(at: number): StoredRow;
}

/** Throws `invalid_answer` for columns that are not those of the table, or not of one length, and for JSON of another shape. */
export function pulledRows(name: TableName, page: PullPage): PulledRows {
  const table: TableDeclaration = tables[name];
  // Every declaration spreads syncedColumns, so the four that a StoredRow names are there.
  const stored = (wire: unknown): StoredRow => rowFromWire(table, wire) as StoredRow;
  if ('items' in page) {
    const { items } = page;
    const columns = rowsToColumns(table, items);
    checkJson(table, columns);
    return { count: items.length, columns, form: 'wire', rowAt: (at) => stored(items[at]) };
  }
  const { columns } = page;
  const count = columns['no']?.length ?? 0;
  const isWhole = table.columnNames.every((column) => columns[column]?.length === count);
  if (!isWhole || Object.keys(columns).length !== table.columnNames.length)
    throw new AppError('invalid_answer', { details: { table: name, reason: 'columns' } });
  checkJson(table, columns);
  return { count, columns, form: 'columns', rowAt: (at) => stored(wireRowAt(table, columns, at)) };
}

function checkJson(table: TableDeclaration, columns: AnyColumns): void {
  for (const name of table.columnNames) {
    const column = table.columns[name];
    if (column?.kind !== 'json') continue;
    const schema = columnSchema(column);
    const at = (columns[name] ?? []).findIndex((value) => !schema.safeParse(value).success);
    if (at >= 0) throw new AppError('invalid_answer', { details: { table: table.name, column: name, at } });
  }
}
