import { AppError } from '#lib/shared/app-error.ts';
import type { Columns, InsideRow, WireRow } from './columns.ts';
import type { TableDeclaration } from './define-table.ts';

/** A checked wire row with its times as epoch milliseconds. Throws `invalid_answer`. */
export function rowFromWire<C extends Columns>(table: TableDeclaration<string, C>, wire: unknown): InsideRow<C> {
  const parsed = table.schema.safeParse(wire);
  if (!parsed.success) throw new AppError('invalid_answer', { details: { table: table.name }, cause: parsed.error });
  return convert(table, parsed.data, (value) => Date.parse(String(value))) as InsideRow<C>;
}

export function rowToWire<C extends Columns>(table: TableDeclaration<string, C>, row: InsideRow<C>): WireRow<C> {
  return convert(table, row, (value) => new Date(Number(value)).toISOString()) as WireRow<C>;
}

/** The wire row at `at` of pulled columns. Not checked: whatever is wrong in it, `rowFromWire` refuses. */
export function wireRowAt(
  table: TableDeclaration,
  columns: Readonly<Record<string, readonly unknown[]>>,
  at: number,
): Record<string, unknown> {
  const row = Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values[at]]));
  return convert(table, row, (value) => (isTime(value) ? new Date(value).toISOString() : undefined));
}

/** Whether it is epoch milliseconds that the wire can name: whole, of the years 0 to 9999. */
export function isTime(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= FIRST_TIME && Number(value) <= LAST_TIME;
}

const FIRST_TIME = Date.UTC(-1, 12);
const LAST_TIME = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

function convert(table: TableDeclaration, row: object, time: (value: unknown) => unknown): Record<string, unknown> {
  const next: Record<string, unknown> = { ...row };
  for (const name of table.columnNames) {
    const value = next[name];
    if (table.columns[name]?.kind === 'time' && value !== null) next[name] = time(value);
  }
  return next;
}
