import { AppError } from '#lib/shared/app-error.ts';
import type { TableDeclaration } from '#lib/tables/define-table.ts';
import type { AnyRow, RowForm } from './pack-column.ts';
import { packCased } from './cased-text.ts';
import { packColumn } from './pack-column.ts';
import type { PackedColumn, PackedPage, PackedRows } from './packed-page.ts';
import { numberAt } from './packed-page.ts';
import type { StoredRow } from './types.ts';
import { PAGE_ROWS } from './types.ts';
import type { PackedColumns } from './unpack-column.ts';
import { isSoundColumn, valuesAt } from './unpack-column.ts';

export type { PackedColumn, PackedPage, PackedRows } from './packed-page.ts';

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
  const sorted = byNumber(table, numbers, positions);
  const offsets = new Uint16Array(sorted.length);
  sorted.forEach((position, at) => {
    const offset = Number(numbers[position]) - page * PAGE_ROWS;
    if (!Number.isInteger(offset) || offset < 0 || offset >= PAGE_ROWS) throw wrongNumber(table, at);
    offsets[at] = offset;
  });
  return { format: 2, page, offsets, columns: packColumns(table, pageColumns(table), columns, sorted, form) };
}

/** The same for rows of any pages. */
export function encodeRows(
  table: AnyTable,
  columns: AnyColumns,
  positions: readonly number[],
  form: RowForm,
): PackedRows {
  const sorted = byNumber(table, columns['no'] ?? [], positions);
  return { format: 2, columns: packColumns(table, table.columnNames, columns, sorted, form) };
}

/** Positions by ascending row number; none may come twice. */
function byNumber(table: AnyTable, numbers: readonly unknown[], positions: readonly number[]): number[] {
  const sorted = positions.toSorted((a, b) => Number(numbers[a]) - Number(numbers[b]));
  sorted.forEach((position, at) => {
    const before = at === 0 ? -1 : Number(numbers[sorted[at - 1] ?? -1]);
    if (!(Number(numbers[position]) > before)) throw wrongNumber(table, at);
  });
  return sorted;
}

/** Row numbers of a page are its offsets. */
const pageColumns = ({ columnNames }: AnyTable): readonly string[] => columnNames.filter((name) => name !== 'no');

function packColumns(
  table: AnyTable,
  names: readonly string[],
  columns: AnyColumns,
  positions: readonly number[],
  form: RowForm,
): PackedRows['columns'] {
  const packed: PackedRows['columns'] = {};
  const pick = pickerOf(positions);
  for (const name of names) {
    const column = table.columns[name];
    if (column !== undefined) packed[name] = packColumn(column, name, pick(columns[name] ?? []), form);
  }
  for (const name of names) {
    const cased = casedColumn(table.columns[name]?.casedFrom, packed, packed[name]);
    if (cased !== null) packed[name] = cased;
  }
  return packed;
}

/** Takes what stands at `positions`. A first sync comes with the newest rows first, so that they mostly are a run backwards. */
function pickerOf(positions: readonly number[]): (values: readonly unknown[]) => readonly unknown[] {
  const [first = 0] = positions;
  const isRun = positions.every((position, at) => position === first - at);
  return (values) =>
    isRun && first < values.length
      ? values.slice(first - positions.length + 1, first + 1).toReversed()
      : positions.map((position) => values[position]);
}

function casedColumn(
  casedFrom: string | undefined,
  columns: PackedColumns,
  shown: PackedColumn | undefined,
): PackedColumn | null {
  const lower = casedFrom === undefined ? undefined : columns[casedFrom];
  return shown?.kind === 'text' && lower?.kind === 'text' ? packCased(shown, lower) : null;
}

export function rowsToColumns(table: AnyTable, rows: readonly AnyRow[]): AnyColumns {
  return Object.fromEntries(table.columnNames.map((name) => [name, rows.map((row) => row[name])]));
}

/** All rows of the page, or those at `offsets` (within the page) that it has; ascending. Throws `storage_broken`. */
export function decodeRows(table: AnyTable, packed: PackedPage, offsets?: readonly number[]): StoredRow[] {
  checkPage(table, packed);
  const wanted = offsets === undefined ? null : new Set(offsets);
  const indexes = [...packed.offsets.keys()].filter((index) => wanted?.has(packed.offsets[index] ?? 0) ?? true);
  return rowsOf(columnsAt(table, packed, indexes), indexes.length);
}

/** The rows at `indexes` of packed rows that were checked. */
export function rowsAt(table: AnyTable, packed: PackedRows, indexes: readonly number[]): StoredRow[] {
  return rowsOf(columnsAt(table, packed, indexes), indexes.length);
}

/** Column by column: rows written one after another, each by names, take three times as long. */
function rowsOf(columns: AnyColumns, count: number): StoredRow[] {
  const rows = Array.from({ length: count }, (): Record<string, unknown> => ({}));
  for (const [name, values] of Object.entries(columns)) rows.forEach((row, at) => void (row[name] = values[at]));
  // Every declaration spreads syncedColumns, so the four that a StoredRow names are there.
  return rows as StoredRow[];
}

/** All rows of the page by columns, ascending. Throws `storage_broken`. */
export function decodeColumns(table: AnyTable, packed: PackedPage): AnyColumns {
  checkPage(table, packed);
  return columnsAt(table, packed, [...packed.offsets.keys()]);
}

function columnsAt(table: AnyTable, packed: PackedPage | PackedRows, indexes: readonly number[]): AnyColumns {
  const columns: Record<string, unknown[]> = {};
  for (const name of table.columnNames) {
    const column = table.columns[name];
    const values = packed.columns[name];
    if (name === 'no' && 'offsets' in packed) columns[name] = indexes.map((index) => numberOf(packed, index));
    else if (column !== undefined && values !== undefined)
      columns[name] = valuesAt(column, packed.columns, values, indexes);
  }
  return columns;
}

/** Row numbers and change numbers of packed rows, row after row. Throws `storage_broken` when any column is damaged. */
export function numbersOf(
  table: AnyTable,
  packed: PackedRows,
): { readonly nos: Float64Array; readonly versions: Float64Array } {
  const no = packed.columns['no'];
  const version = packed.columns['version'];
  if (!isKnownFormat(packed) || no?.kind !== 'number' || version?.kind !== 'number') throw broken(table, packed);
  const nos = Float64Array.from(no.values, (_, at) => numberAt(no, at));
  const isOrdered = nos.every((value, at) => at === 0 || value > (nos[at - 1] ?? 0));
  const isSound = table.columnNames.every((name) => {
    const column = table.columns[name];
    return column !== undefined && isSoundColumn(column, packed.columns, packed.columns[name], nos.length);
  });
  if (!isOrdered || !isSound) throw broken(table, packed);
  return { nos, versions: Float64Array.from(version.values, (_, at) => numberAt(version, at)) };
}

const isKnownFormat = ({ format }: PackedRows): boolean => format === 1 || format === 2;

/**
 * One column's values for all rows of the page, in the order of `offsets`. For numbers, bits and
 * texts in bulk take `packed.columns[name]` itself after `checkPage`. Throws `storage_broken`.
 */
export function decodeColumn(table: AnyTable, packed: PackedPage, name: string): unknown[] {
  checkPage(table, packed, [name]);
  const indexes = [...packed.offsets.keys()];
  if (name === 'no') return indexes.map((index) => numberOf(packed, index));
  const column = table.columns[name];
  const values = packed.columns[name];
  if (column === undefined || values === undefined) throw broken(table, packed);
  return valuesAt(column, packed.columns, values, indexes);
}

/** Throws `storage_broken` when the page, or one of the named columns, is damaged or of another schema. */
export function checkPage(table: AnyTable, packed: PackedPage, names: readonly string[] = table.columnNames): void {
  const { offsets } = packed;
  if (!isKnownFormat(packed) || !(offsets instanceof Uint16Array)) throw broken(table, packed);
  for (let at = 0, before = -1; at < offsets.length; before = offsets[at++] ?? 0)
    if (!((offsets[at] ?? 0) > before && (offsets[at] ?? 0) < PAGE_ROWS)) throw broken(table, packed);
  for (const name of names) {
    const column = table.columns[name];
    if (name === 'no') continue;
    if (column === undefined || !isSoundColumn(column, packed.columns, packed.columns[name], offsets.length))
      throw broken(table, packed);
  }
}

function numberOf({ page, offsets }: PackedPage, index: number): number {
  return page * PAGE_ROWS + (offsets[index] ?? 0);
}

function broken(table: AnyTable, packed: PackedRows | PackedPage): AppError {
  return new AppError('storage_broken', {
    details: { table: table.name, page: 'page' in packed ? packed.page : null },
  });
}

function wrongNumber(table: AnyTable, at: number): AppError {
  return new AppError('invalid_answer', { details: { table: table.name, column: 'no', at } });
}
