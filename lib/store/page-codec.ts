import { AppError } from '#lib/shared/app-error.ts';
import type { TableDeclaration } from '#lib/tables/define-table.ts';
import type { AnyRow, RowForm } from './pack-column.ts';
import { packColumn } from './pack-column.ts';
import type { PackedPage } from './packed-page.ts';
import type { StoredRow } from './types.ts';
import { PAGE_ROWS } from './types.ts';
import { isSoundColumn, valueAt } from './unpack-column.ts';

export type { PackedColumn, PackedPage } from './packed-page.ts';
export { isNullAt } from './packed-page.ts';

/** Any table, whatever its columns. */
export type AnyTable = Pick<TableDeclaration, 'name' | 'columns' | 'columnNames'>;

/** Rows by columns, whatever brought them: `values[name][at]`. */
export type AnyColumns = Readonly<Record<string, readonly unknown[]>>;

/** Rows of page `page` of our own store, in any order, packed as columns. Throws `invalid_answer` for one row number twice. */
export function encodePage(table: AnyTable, page: number, rows: readonly AnyRow[]): PackedPage {
  return encodeColumns(table, page, rowsToColumns(table, rows), [...rows.keys()], 'inside');
}

/**
 * The rows of page `page` that stand at `positions` of the columns, in any order, packed. Values of the
 * server are checked one by one; throws `invalid_answer` for a wrong value, a row of another page, or one
 * row number twice.
 */
export function encodeColumns(
  table: AnyTable,
  page: number,
  columns: AnyColumns,
  positions: readonly number[],
  form: RowForm,
): PackedPage {
  const numbers = columns['no'] ?? [];
  const sorted = positions.toSorted((a, b) => Number(numbers[a]) - Number(numbers[b]));
  const offsets = new Uint16Array(sorted.length);
  let before = -1;
  sorted.forEach((position, at) => {
    const offset = Number(numbers[position]) - page * PAGE_ROWS;
    if (!(offset > before && offset < PAGE_ROWS))
      throw new AppError('invalid_answer', { details: { table: table.name, column: 'no', at } });
    offsets[at] = offset;
    before = offset;
  });
  const packed: PackedPage['columns'] = {};
  for (const name of table.columnNames) {
    const column = table.columns[name];
    const values = columns[name] ?? [];
    if (column === undefined) continue;
    packed[name] = packColumn(
      column,
      name,
      sorted.map((position) => values[position]),
      form,
    );
  }
  return { format: 1, page, offsets, columns: packed };
}

export function rowsToColumns(table: AnyTable, rows: readonly AnyRow[]): AnyColumns {
  return Object.fromEntries(table.columnNames.map((name) => [name, rows.map((row) => row[name])]));
}

/** All rows of the page, or those at `offsets` (within the page) that it has; ascending. Throws `storage_broken`. */
export function decodeRows(table: AnyTable, packed: PackedPage, offsets?: readonly number[]): StoredRow[] {
  checkPage(table, packed);
  const wanted = offsets === undefined ? null : new Set(offsets);
  const rows: StoredRow[] = [];
  packed.offsets.forEach((offset, index) => {
    if (wanted === null || wanted.has(offset)) rows.push(rowAt(table, packed, index));
  });
  return rows;
}

/**
 * One column's values for all rows of the page, in the order of `offsets`. For numbers, bits and
 * texts in bulk take `packed.columns[name]` itself after `checkPage`. Throws `storage_broken`.
 */
export function decodeColumn(table: AnyTable, packed: PackedPage, name: string): unknown[] {
  checkPage(table, packed, [name]);
  const column = table.columns[name];
  const values = packed.columns[name];
  if (column === undefined || values === undefined) throw broken(table, packed);
  return Array.from(packed.offsets, (_, index) => valueAt(column, values, index));
}

/** Throws `storage_broken` when the page, or one of the named columns, is damaged or of another schema. */
export function checkPage(table: AnyTable, packed: PackedPage, names: readonly string[] = table.columnNames): void {
  const { offsets } = packed;
  if (packed.format !== 1 || !(offsets instanceof Uint16Array)) throw broken(table, packed);
  const ordered = offsets.every((offset, at) => offset < PAGE_ROWS && (at === 0 || offset > (offsets[at - 1] ?? 0)));
  if (!ordered) throw broken(table, packed);
  for (const name of names) {
    const column = table.columns[name];
    if (column === undefined || !isSoundColumn(column, packed.columns[name], offsets.length))
      throw broken(table, packed);
  }
}

function rowAt(table: AnyTable, packed: PackedPage, index: number): StoredRow {
  const row: Record<string, unknown> = {};
  for (const name of table.columnNames) {
    const column = table.columns[name];
    const values = packed.columns[name];
    if (column !== undefined && values !== undefined) row[name] = valueAt(column, values, index);
  }
  // Every declaration spreads syncedColumns, so these four are there.
  return row as StoredRow;
}

function broken(table: AnyTable, packed: PackedPage): AppError {
  return new AppError('storage_broken', { details: { table: table.name, page: packed.page } });
}
