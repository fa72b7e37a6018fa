import { z } from 'zod';
import { zod } from '#lib/shared/zod.ts';
import type { Column, ColumnKind, Columns, WireRow } from './columns.ts';
import type { MutationOp, TableDeclaration } from './define-table.ts';

const rows = new WeakMap<object, z.ZodType>();
const mutations = new WeakMap<object, Readonly<Partial<Record<MutationOp, z.ZodType>>>>();

/** The wire shape of a row; unknown fields are refused. */
export function rowSchema<C extends Columns>(table: TableDeclaration<string, C>): z.ZodType<WireRow<C>> {
  const known = rows.get(table) ?? z.strictObject(mapValues(table.columns, columnSchema));
  rows.set(table, known);
  return known as z.ZodType<WireRow<C>>;
}

/** The `data` that each operation takes; an operation that is not here does not exist. */
export function mutationSchemas(
  table: Pick<TableDeclaration, 'mutations'>,
): Readonly<Partial<Record<MutationOp, z.ZodType>>> {
  const known = mutations.get(table) ?? table.mutations(zod);
  mutations.set(table, known);
  return known;
}

const columns = new WeakMap<Column, z.ZodType>();

/** What a value of the column may be on the wire. */
export function columnSchema(column: Column): z.ZodType {
  const known = columns.get(column) ?? (column.nullable ? valueSchema(column).nullable() : valueSchema(column));
  columns.set(column, known);
  return known;
}

const byKind: Readonly<Record<Exclude<ColumnKind, 'choice' | 'json'>, () => z.ZodType>> = {
  id: () => z.uuid(),
  text: () => z.string(),
  integer: () => z.int(),
  decimal: () => z.number(),
  boolean: () => z.boolean(),
  time: () => z.iso.datetime({ precision: 3 }),
};

function valueSchema({ kind, choices = [], json }: Column): z.ZodType {
  if (kind === 'choice') return z.enum(choices);
  if (kind === 'json') return json?.(zod) ?? z.never();
  return byKind[kind]();
}

function mapValues<From, To>(from: Readonly<Record<string, From>>, to: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(from).map(([name, value]) => [name, to(value)]));
}
