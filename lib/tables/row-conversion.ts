import { AppError } from '#lib/shared/app-error.ts';
import type { Columns, InsideRow, WireRow } from './columns.ts';
import type { TableDeclaration } from './define-table.ts';
import { isTime } from './is-time.ts';
import { rowSchema } from './wire-schemas.ts';

/** A checked wire row with its times as epoch milliseconds. Throws `invalid_answer`. */
export function rowFromWire<C extends Columns>(table: TableDeclaration<string, C>, wire: unknown): InsideRow<C> {
  const parsed = rowSchema(table).safeParse(wire);
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

function convert(table: TableDeclaration, row: object, time: (value: unknown) => unknown): Record<string, unknown> {
  const next: Record<string, unknown> = { ...row };
  for (const name of table.columnNames) {
    const value = next[name];
    if (table.columns[name]?.kind === 'time' && value !== null) next[name] = time(value);
  }
  return next;
}
