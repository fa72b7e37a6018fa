/** One bit a row, set where the value is null; absent when none is. */
export type Nulls = Uint8Array | null;

/** Whole numbers in the fewest bytes that hold all of them; others and large ones in eight. */
export type Numbers = Uint8Array | Uint16Array | Int32Array | Float64Array;

/**
 * The values of one column, row after row, as IndexedDB stores them (structured clone). A column of
 * nulls alone has no values. Bytes count: Chromium moves what is above 64 KiB into a file of its own,
 * which made a first sync half as fast.
 */
export type PackedColumn =
  | { kind: 'number'; values: Numbers; nulls: Nulls }
  | { kind: 'bits'; bits: Uint8Array; nulls: Nulls }
  | { kind: 'choice'; index: Uint8Array; nulls: Nulls }
  /** `places` (ids that repeat, such as runs): which of the ids in `bytes` is the row's; null: one each, in order. */
  | { kind: 'uuid'; bytes: Uint8Array; places: Uint8Array | null; nulls: Nulls }
  /** `text`: all values joined; `ends`: where each ends, in UTF-16 units. A string, not UTF-8: it is cloned as it is, lone surrogates included. */
  | { kind: 'text'; text: string; ends: Uint16Array | Uint32Array; nulls: Nulls };

/** Rows by ascending number, wherever in the table they are. */
export interface PackedRows {
  format: 1;
  columns: Record<string, PackedColumn>;
}

export interface PackedPage extends PackedRows {
  page: number;
  /** Rows present, as offsets within the page, ascending. */
  offsets: Uint16Array;
}

export function bitAt(bits: Uint8Array, index: number): boolean {
  return (((bits[index >> 3] ?? 0) >> (index & 7)) & 1) === 1;
}

export function isNullAt(nulls: Nulls, index: number): boolean {
  return nulls !== null && bitAt(nulls, index);
}
