import { z } from 'zod';

/**
 * How a column's values are: on the wire (`wire`, the only shape), inside (times become epoch
 * milliseconds, everything else stays) and for the page codec (`kind`).
 */
export type ColumnKind = 'id' | 'text' | 'integer' | 'decimal' | 'boolean' | 'time' | 'choice' | 'json';

export interface Column<Wire = unknown, Inside = unknown> {
  readonly kind: ColumnKind;
  readonly nullable: boolean;
  readonly wire: z.ZodType<Wire>;
  readonly choices?: readonly string[];
  /** The text column whose texts these mostly are, but for capitals; the page codec stores the difference alone. */
  readonly casedFrom?: string;
  /** Type only. */
  readonly inside?: Inside;
}

export type Columns = Readonly<Record<string, Column>>;
export type WireRow<C extends Columns> = { [K in keyof C]: C[K] extends Column<infer W, unknown> ? W : never };
export type InsideRow<C extends Columns> = {
  [K in keyof C]: C[K] extends Column<unknown, infer I> ? Exclude<I, undefined> : never;
};

const isoTime = z.iso.datetime({ precision: 3 });

export const id = (): Column<string, string> => ({ kind: 'id', nullable: false, wire: z.uuid() });
export const idOrNull = (): Column<string | null, string | null> => ({
  kind: 'id',
  nullable: true,
  wire: z.uuid().nullable(),
});
export const text = (): Column<string, string> => ({ kind: 'text', nullable: false, wire: z.string() });
export const textCasedFrom = (casedFrom: string): Column<string, string> => ({ ...text(), casedFrom });
export const textOrNull = (): Column<string | null, string | null> => ({
  kind: 'text',
  nullable: true,
  wire: z.string().nullable(),
});
export const integer = (): Column<number, number> => ({ kind: 'integer', nullable: false, wire: z.int() });
export const integerOrNull = (): Column<number | null, number | null> => ({
  kind: 'integer',
  nullable: true,
  wire: z.int().nullable(),
});
export const decimalOrNull = (): Column<number | null, number | null> => ({
  kind: 'decimal',
  nullable: true,
  wire: z.number().nullable(),
});
export const bool = (): Column<boolean, boolean> => ({ kind: 'boolean', nullable: false, wire: z.boolean() });
export const time = (): Column<string, number> => ({ kind: 'time', nullable: false, wire: isoTime });
export const timeOrNull = (): Column<string | null, number | null> => ({
  kind: 'time',
  nullable: true,
  wire: isoTime.nullable(),
});
export const choice = <const T extends string>(choices: readonly T[]): Column<T, T> => ({
  kind: 'choice',
  nullable: false,
  wire: z.enum(choices),
  choices,
});
export const choiceOrNull = <const T extends string>(choices: readonly T[]): Column<T | null, T | null> => ({
  kind: 'choice',
  nullable: true,
  wire: z.enum(choices).nullable(),
  choices,
});
export const json = <T>(wire: z.ZodType<T>): Column<T, T> => ({ kind: 'json', nullable: false, wire });
export const jsonOrNull = <T>(wire: z.ZodType<T>): Column<T | null, T | null> => ({
  kind: 'json',
  nullable: true,
  wire: wire.nullable(),
});

/** What every synced row has. `no` is the dense row number, `version` the change number. */
export const syncedColumns = {
  id: id(),
  no: integer(),
  version: integer(),
  created_at: time(),
  updated_at: time(),
  deleted_at: timeOrNull(),
};
