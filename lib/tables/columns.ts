import type { z } from 'zod';
import type { Zod } from '#lib/shared/zod.ts';

/**
 * How a column's values are: on the wire (see wire-schemas.ts), inside (times become epoch milliseconds,
 * everything else stays) and for the page codec (`kind`).
 */
export type ColumnKind = 'id' | 'text' | 'integer' | 'decimal' | 'boolean' | 'time' | 'choice' | 'json';

export interface Column<Wire = unknown, Inside = unknown> {
  readonly kind: ColumnKind;
  readonly nullable: boolean;
  readonly choices?: readonly string[];
  /** The text column whose texts these mostly are, but for capitals; the page codec stores the difference alone. */
  readonly casedFrom?: string;
  /** Of JSON: what the values may be, null left out. */
  readonly json?: (zod: Zod) => z.ZodType;
  /** Types only. */
  readonly wire?: Wire;
  readonly inside?: Inside;
}

export type Columns = Readonly<Record<string, Column>>;
export type WireRow<C extends Columns> = {
  [K in keyof C]: C[K] extends Column<infer W, unknown> ? Exclude<W, undefined> : never;
};
export type InsideRow<C extends Columns> = {
  [K in keyof C]: C[K] extends Column<unknown, infer I> ? Exclude<I, undefined> : never;
};

export const id = (): Column<string, string> => ({ kind: 'id', nullable: false });
export const idOrNull = (): Column<string | null, string | null> => ({ kind: 'id', nullable: true });
export const text = (): Column<string, string> => ({ kind: 'text', nullable: false });
export const textCasedFrom = (casedFrom: string): Column<string, string> => ({ ...text(), casedFrom });
export const textOrNull = (): Column<string | null, string | null> => ({ kind: 'text', nullable: true });
export const integer = (): Column<number, number> => ({ kind: 'integer', nullable: false });
export const integerOrNull = (): Column<number | null, number | null> => ({ kind: 'integer', nullable: true });
export const decimalOrNull = (): Column<number | null, number | null> => ({ kind: 'decimal', nullable: true });
export const bool = (): Column<boolean, boolean> => ({ kind: 'boolean', nullable: false });
export const time = (): Column<string, number> => ({ kind: 'time', nullable: false });
export const timeOrNull = (): Column<string | null, number | null> => ({ kind: 'time', nullable: true });
export const choice = <const T extends string>(choices: readonly T[]): Column<T, T> => ({
  kind: 'choice',
  nullable: false,
  choices,
});
export const choiceOrNull = <const T extends string>(choices: readonly T[]): Column<T | null, T | null> => ({
  kind: 'choice',
  nullable: true,
  choices,
});
export const json = <T>(schema: (zod: Zod) => z.ZodType<T>): Column<T, T> => ({
  kind: 'json',
  nullable: false,
  json: schema,
});
export const jsonOrNull = <T>(schema: (zod: Zod) => z.ZodType<T>): Column<T | null, T | null> => ({
  kind: 'json',
  nullable: true,
  json: schema,
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
