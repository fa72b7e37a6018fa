import type { TableDeclaration } from '#lib/tables/define-table.ts';
import type { StoredRow } from './types.ts';

export type PackedColumn =
  | { kind: 'number'; values: Int32Array | Float64Array; nulls: Uint8Array | null }
  | { kind: 'bits'; bits: Uint8Array; nulls: Uint8Array | null }
  | { kind: 'choice'; index: Uint8Array; nulls: Uint8Array | null }
  | { kind: 'uuid'; bytes: Uint8Array; nulls: Uint8Array | null }
  | { kind: 'text'; bytes: Uint8Array; ends: Uint32Array; nulls: Uint8Array | null };

export interface PackedPage {
  format: 1;
  page: number;
  /** Rows present, as offsets within the page, ascending. */
  offsets: Uint16Array;
  columns: Record<string, PackedColumn>;
}

export declare function encodePage(table: TableDeclaration, page: number, rows: readonly StoredRow[]): PackedPage;
export declare function decodeRows(
  table: TableDeclaration,
  packed: PackedPage,
  offsets?: readonly number[],
): StoredRow[];
