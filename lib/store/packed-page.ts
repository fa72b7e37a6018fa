/** One bit a row, set where the value is null; absent when none is. */
export type Nulls = Uint8Array | null;

/** Numbers in the fewest bytes that tell all of them apart. `Int32Array`: pages of releases up to 0.2.0. */
export type Numbers = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

/**
 * A number is `(base + values[at] + high[at] * 2 ** bits of a value) / unit` (frame of reference), so that times of a
 * page take three to five bytes and percentages two. Pages of format 1, and doubles, have values alone.
 */
export interface PackedNumbers {
  kind: 'number';
  values: Numbers;
  /** What is above 16 or 32 bits; absent when nothing is. */
  high?: Uint8Array;
  base?: number;
  unit?: number;
  nulls: Nulls;
}

/**
 * Texts joined, none between two. Format 1 has `ends` (where each ends, in UTF-16 units), later ones `lengths`. A string,
 * not UTF-8: it is cloned as it is, lone surrogates included.
 */
export interface PackedText {
  kind: 'text';
  text: string;
  ends?: Ends;
  lengths?: Uint8Array | Ends;
  nulls: Nulls;
}

/** Where each of several joined texts ends, in UTF-16 units. */
export type Ends = Uint16Array | Uint32Array;

/** Which of the declared choices, in as few `bits` (0, 1, 2, 4 or 8, which format 1 has) as name all of them. */
export interface PackedChoices {
  kind: 'choice';
  index: Uint8Array;
  bits?: number;
  nulls: Nulls;
}

/**
 * The values of one column, row after row, as IndexedDB stores them (structured clone). A column of
 * nulls alone has no values. Bytes count: Chromium compresses a value and moves what is still above 64 KiB into a
 * file of its own; values of random bytes took twice as long to write above it as below.
 */
export type PackedColumn =
  | PackedNumbers
  | { kind: 'bits'; bits: Uint8Array; nulls: Nulls }
  | PackedChoices
  /** `places` (ids that repeat, such as runs): which of the ids in `bytes` is the row's; null: one each, in order. */
  | { kind: 'uuid'; bytes: Uint8Array; places: Uint8Array | null; nulls: Nulls }
  | PackedText
  /** A text column that is its `casedFrom` with some of a to z in capitals: a bit for each unit of that text, none at all when no one is set. */
  | { kind: 'cased'; upper: Uint8Array; nulls: null };

/** Rows by ascending number, wherever in the table they are. */
export interface PackedRows {
  format: 1 | 2;
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

/** Of a column that has values, the one at `index`, null or not. */
export function numberAt({ values, high, base = 0, unit = 1 }: PackedNumbers, index: number): number {
  if (values instanceof Float64Array) return values[index] ?? 0;
  const above = high === undefined ? 0 : (high[index] ?? 0) * 2 ** (8 * values.BYTES_PER_ELEMENT);
  return (base + (values[index] ?? 0) + above) / unit;
}

/** Of a column that has values, the place of the choice at `index` among those declared. */
export function choiceAt({ index, bits = 8 }: PackedChoices, at: number): number {
  if (bits === 0) return 0;
  const first = at * bits;
  return ((index[first >> 3] ?? 0) >> (first & 7)) & (2 ** bits - 1);
}

const ends = new WeakMap<PackedText, Ends>();

/** Where each text ends; made once from its lengths. */
export function endsOf(packed: PackedText): Ends {
  const known = packed.ends ?? ends.get(packed);
  if (known !== undefined) return known;
  const { lengths = new Uint8Array(0), text } = packed;
  const made = text.length < 2 ** 16 ? new Uint16Array(lengths.length) : new Uint32Array(lengths.length);
  for (let at = 0, end = 0; at < lengths.length; at++) made[at] = end += lengths[at] ?? 0;
  ends.set(packed, made);
  return made;
}

export function isNullAt(nulls: Nulls, index: number): boolean {
  return nulls !== null && bitAt(nulls, index);
}
