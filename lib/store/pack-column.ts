import { AppError } from '#lib/shared/app-error.ts';
import type { Column } from '#lib/tables/columns.ts';
import { isTime } from '#lib/tables/is-time.ts';
import type { Nulls, PackedColumn, PackedNumbers } from './packed-page.ts';
import { isNullAt } from './packed-page.ts';
import { parseIsoTime } from './parse-iso-time.ts';
import { writeUuid } from './uuid-bytes.ts';

/**
 * How values come: `wire`, as rows of the server, times as text; `columns`, as columns of the server, times as
 * epoch milliseconds; `inside`, from our own store, where they were checked before.
 */
export type RowForm = 'wire' | 'columns' | 'inside';
export type AnyRow = Readonly<Record<string, unknown>>;

/**
 * The values of one column, packed. Checks every value but JSON against the declaration, because bulk rows are
 * checked nowhere else. Throws `invalid_answer` with `column` and `at` (index of the value).
 */
export function packColumn(column: Column, name: string, values: readonly unknown[], form: RowForm): PackedColumn {
  const nulls = packNulls(column, name, values);
  if (nulls !== null && values.every((value) => value === null)) return allNull(column.kind, nulls);
  if (column.kind === 'boolean') return packBits(name, values, nulls);
  if (column.kind === 'choice') return packChoices(column, name, values, nulls);
  if (column.kind === 'id') return packUuids(name, values, nulls);
  if (column.kind === 'text') return packTexts(name, values, nulls);
  if (column.kind === 'json')
    return packTexts(
      name,
      values.map((value, at) => jsonText(name, value, at)),
      nulls,
    );
  if (column.kind === 'integer') return packNumbers(name, values, nulls, wholeNumber, true);
  if (column.kind === 'time') return packNumbers(name, values, nulls, timeReaders[form], true);
  return packNumbers(name, values, nulls, asItIs, false);
}

function wrongValue(column: string, at: number): AppError {
  return new AppError('invalid_answer', { details: { column, at } });
}

function packNulls(column: Column, name: string, values: readonly unknown[]): Nulls {
  let nulls: Uint8Array | null = null;
  for (let at = 0; at < values.length; at++) {
    if (values[at] !== null) continue;
    if (!column.nullable) throw wrongValue(name, at);
    nulls ??= new Uint8Array((values.length + 7) >> 3);
    nulls[at >> 3] = (nulls[at >> 3] ?? 0) | (1 << (at & 7));
  }
  return nulls;
}

function allNull(kind: Column['kind'], nulls: Nulls): PackedColumn {
  const none = new Uint8Array(0);
  if (kind === 'boolean') return { kind: 'bits', bits: none, nulls };
  if (kind === 'choice') return { kind: 'choice', index: none, nulls };
  if (kind === 'id') return { kind: 'uuid', bytes: none, places: null, nulls };
  if (kind === 'text' || kind === 'json') return { kind: 'text', text: '', lengths: none, nulls };
  return { kind: 'number', values: none, nulls };
}

function packBits(name: string, values: readonly unknown[], nulls: Nulls): PackedColumn {
  const bits = new Uint8Array((values.length + 7) >> 3);
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    if (value === true) bits[at >> 3] = (bits[at >> 3] ?? 0) | (1 << (at & 7));
    else if (value !== false && value !== null) throw wrongValue(name, at);
  }
  return { kind: 'bits', bits, nulls };
}

function packChoices(column: Column, name: string, values: readonly unknown[], nulls: Nulls): PackedColumn {
  const choices: readonly unknown[] = column.choices ?? [];
  const bits = bitsFor(choices.length);
  const index = new Uint8Array(Math.ceil((values.length * bits) / 8));
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    if (value === null) continue;
    const choice = choices.indexOf(value);
    if (choice === -1) throw wrongValue(name, at);
    const first = at * bits;
    if (bits > 0) index[first >> 3] = (index[first >> 3] ?? 0) | (choice << (first & 7));
  }
  return { kind: 'choice', index, bits, nulls };
}

/** Those that do not lie across two bytes. */
function bitsFor(choices: number): number {
  return [0, 1, 2, 4].find((bits) => choices <= 2 ** bits) ?? 8;
}

/** More distinct ids than that are not worth a list of them. */
const MOST_PLACES = 255;

function packUuids(name: string, values: readonly unknown[], nulls: Nulls): PackedColumn {
  const most = Math.min(MOST_PLACES, values.length / 2);
  const placeOf = new Map<unknown, number>();
  const places = new Uint8Array(values.length);
  // Neighbours mostly are of one run.
  let last: unknown = null;
  let place = 0;
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    if (value === null) continue;
    if (value !== last) {
      last = value;
      place = placeOf.get(value) ?? placeOf.size;
      if (place >= most) return { kind: 'uuid', bytes: uuidBytes(name, values), places: null, nulls };
      placeOf.set(value, place);
    }
    places[at] = place;
  }
  return { kind: 'uuid', bytes: uuidBytes(name, [...placeOf.keys()]), places, nulls };
}

function uuidBytes(name: string, values: readonly unknown[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 16);
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    if (value === null) continue;
    if (typeof value !== 'string' || !writeUuid(value, bytes, at * 16)) throw wrongValue(name, at);
  }
  return bytes;
}

function packTexts(name: string, values: readonly unknown[], nulls: Nulls): PackedColumn {
  const lengths = new Uint32Array(values.length);
  let longest = 0;
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    if (typeof value === 'string') lengths[at] = value.length;
    else if (value !== null) throw wrongValue(name, at);
    longest = Math.max(longest, lengths[at] ?? 0);
  }
  const Lengths = longest < 2 ** 8 ? Uint8Array : longest < 2 ** 16 ? Uint16Array : Uint32Array;
  // Array.join writes null as the empty string, and a flat one-byte string where it can.
  return { kind: 'text', text: values.join(''), lengths: new Lengths(lengths), nulls };
}

function jsonText(name: string, value: unknown, at: number): string | null {
  if (value === null) return null;
  if (value === undefined) throw wrongValue(name, at);
  return JSON.stringify(value);
}

const wholeNumber = (value: unknown): unknown => (Number.isSafeInteger(value) ? value : Number.NaN);
const asItIs = (value: unknown): unknown => value;
const timeReaders: Record<RowForm, (value: unknown) => unknown> = {
  wire: (value) => (typeof value === 'string' ? parseIsoTime(value) : Number.NaN),
  columns: (value) => (isTime(value) ? value : Number.NaN),
  inside: wholeNumber,
};

function packNumbers(
  name: string,
  values: readonly unknown[],
  nulls: Nulls,
  read: (value: unknown) => unknown,
  isWholeKind: boolean,
): PackedNumbers {
  const numbers = new Float64Array(values.length);
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    if (value === null) continue;
    const number = read(value);
    if (typeof number !== 'number' || !Number.isFinite(number)) throw wrongValue(name, at);
    numbers[at] = number;
  }
  const unit = isWholeKind ? 1 : leastUnit(numbers);
  return unit === null ? { kind: 'number', values: numbers, nulls } : shrink(numbers, unit, nulls);
}

/** Decimals of more places stay as they are. */
const MOST_UNIT = 1000;

/** The least power of ten of which all numbers are whole parts, or null. */
function leastUnit(numbers: Float64Array): number | null {
  let unit = 1;
  for (let at = 0; at < numbers.length; at++) {
    const value = numbers[at] ?? 0;
    while (!isWhole(value, unit)) if ((unit *= 10) > MOST_UNIT) return null;
  }
  return unit;
}

/** Whether a whole number of 1/`unit` gives this very number back. */
function isWhole(value: number, unit: number): boolean {
  if (value === 0) return !Object.is(value, -0);
  const scaled = unit === 1 ? Math.floor(value) : Math.round(value * unit);
  return scaled / unit === value && Math.abs(scaled) <= Number.MAX_SAFE_INTEGER;
}

function shrink(numbers: Float64Array, unit: number, nulls: Nulls): PackedNumbers {
  const scaled = unit === 1 ? numbers : numbers.map((value) => Math.round(value * unit));
  let base = Infinity;
  let most = -Infinity;
  for (let at = 0; at < scaled.length; at++) {
    const value = scaled[at] ?? 0;
    if (nulls !== null && isNullAt(nulls, at)) continue;
    if (value < base) base = value;
    if (value > most) most = value;
  }
  const range = most - base;
  if (numbers.length === 0 || range >= 2 ** 40) return { kind: 'number', values: numbers, nulls };
  const values = lowBytes(range, scaled.length);
  const limit = 2 ** (8 * values.BYTES_PER_ELEMENT);
  const high = range < limit ? undefined : new Uint8Array(scaled.length);
  for (let at = 0; at < scaled.length; at++) {
    if (nulls !== null && isNullAt(nulls, at)) continue;
    const above = (scaled[at] ?? 0) - base;
    values[at] = high === undefined ? above : above % limit;
    if (high !== undefined) high[at] = Math.floor(above / limit);
  }
  return { kind: 'number', values, ...(high !== undefined && { high }), base, unit, nulls };
}

/** Arrays that, with one more byte each where need be, hold numbers up to `range`. */
function lowBytes(range: number, length: number): Uint8Array | Uint16Array | Uint32Array {
  if (range < 2 ** 8) return new Uint8Array(length);
  return range < 2 ** 24 ? new Uint16Array(length) : new Uint32Array(length);
}
