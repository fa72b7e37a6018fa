import type { z } from 'zod';
import type { Zod } from '#lib/shared/zod.ts';
import type { Columns, InsideRow, WireRow } from './columns.ts';

export type MutationOp = 'create' | 'update' | 'flag' | 'delete' | 'restore';

/** One mutation as the reducer sees it: one row's share of it, times in epoch milliseconds. */
export interface RowMutation {
  readonly op: MutationOp;
  readonly id: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly edited_at: number;
}

export interface TableOptions<Name extends string, C extends Columns> {
  readonly name: Name;
  /** Name of the SQL table. */
  readonly sql: string;
  readonly columns: C;
  /** Columns that a text search looks at. */
  readonly search: readonly (keyof C & string)[];
  /** Columns that may be sorted by, and the order of a list that asks for none. */
  readonly sort: {
    readonly columns: readonly (keyof C & string)[];
    readonly by: keyof C & string;
    readonly order: 'asc' | 'desc';
    /** A column that stands for another one in an order, as the normalized name does for the shown one. */
    readonly as?: Readonly<Partial<Record<keyof C & string, keyof C & string>>>;
  };
  /** How two edits of one row meet. `read_only`: only the server writes the table. */
  readonly conflict: 'last_write_wins' | 'base_version' | 'read_only';
  /** The `data` that each operation takes; an operation that is not here does not exist. */
  readonly mutations: (zod: Zod) => Readonly<Partial<Record<MutationOp, z.ZodType>>>;
  /** The one reducer: the row after the mutation. `null` in: no such row yet; `null` out: nothing to show. */
  apply(row: InsideRow<C> | null, mutation: RowMutation): InsideRow<C> | null;
}

export interface TableDeclaration<Name extends string = string, C extends Columns = Columns> extends TableOptions<
  Name,
  C
> {
  readonly columnNames: readonly (keyof C & string)[];
  /** Types only. */
  readonly wireRow?: WireRow<C>;
}

export function defineTable<const Name extends string, const C extends Columns>(
  options: TableOptions<Name, C>,
): TableDeclaration<Name, C> {
  return { ...options, columnNames: Object.keys(options.columns) };
}
