import { AppError } from '#lib/shared/app-error.ts';
import type { Column } from '#lib/tables/columns.ts';
import { isTime } from '#lib/tables/row-conversion.ts';
import type { Nulls, Numbers, PackedColumn } from './packed-page.ts';
import { parseIsoTime } from './parse-iso-time.ts';
import { writeUuid } from './uuid-bytes.ts';

/**
 * How values come: `wire`, as rows of the server, times as text; `columns`, as columns of the server, times as
 * epoch milliseconds; `inside`, from our own store, where they were checked before.
 */
export type RowForm = 'wire' | 'columns' | 'inside';
export type AnyRow = Readonly<Record<string, unknown>>;

/**
 * The values of one column, packed. Checks every value against the declaration, because bulk rows are
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
      values.map((value, at) => jsonText(column, name, value, at, form)),
      nulls,
    );
  if (column.kind === 'integer') return packIntegers(name, values, nulls);
  return packFloats(name, values, nulls, column.kind === 'time' ? timeReaders[form] : asItIs);
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
  if (kind === 'text' || kind === 'json') return { kind: 'text', text: '', ends: new Uint16Array(0), nulls };
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
  const index = new Uint8Array(values.length);
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    if (value === null) continue;
    const choice = choices.indexOf(value);
    if (choice === -1) throw wrongValue(name, at);
    index[at] = choice;
  }
  return { kind: 'choice', index, nulls };
}

/** More distinct ids than that are not worth a list of them. */
const MOST_PLACES = 255;

function packUuids(name: string, values: readonly unknown[], nulls: Nulls): PackedColumn {
  const distinct = new Set<unknown>();
  for (const value of values) if (distinct.add(value).size > MOST_PLACES) break;
  if (distinct.size > MOST_PLACES || distinct.size * 2 > values.length)
    return { kind: 'uuid', bytes: uuidBytes(name, values), places: null, nulls };
  const ids = [...distinct].filter((value) => value !== null);
  const placeOf = new Map<unknown, number>(ids.map((id, place) => [id, place]));
  return { kind: 'uuid', bytes: uuidBytes(name, ids), places: placesOf(values, placeOf), nulls };
}

function placesOf(values: readonly unknown[], placeOf: ReadonlyMap<unknown, number>): Uint8Array {
  return new Uint8Array(values.map((value) => placeOf.get(value) ?? 0));
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
  const ends = new Uint32Array(values.length);
  let end = 0;
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    if (typeof value === 'string') end += value.length;
    else if (value !== null) throw wrongValue(name, at);
    ends[at] = end;
  }
  // Array.join writes null as the empty string, and a flat one-byte string where it can.
  return { kind: 'text', text: values.join(''), ends: end < 65_536 ? new Uint16Array(ends) : ends, nulls };
}

function jsonText(column: Column, name: string, value: unknown, at: number, form: RowForm): string | null {
  if (value === null) return null;
  if (value === undefined || (form !== 'inside' && !column.wire.safeParse(value).success)) throw wrongValue(name, at);
  return JSON.stringify(value);
}

function packIntegers(name: string, values: readonly unknown[], nulls: Nulls): PackedColumn {
  let least = 0;
  let most = 0;
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    if (value === null) continue;
    if (!Number.isSafeInteger(value)) throw wrongValue(name, at);
    least = Math.min(least, value as number);
    most = Math.max(most, value as number);
  }
  const packed = numbersFor(least, most, values.length);
  for (let at = 0; at < values.length; at++) packed[at] = Number(values[at]);
  return { kind: 'number', values: packed, nulls };
}

function numbersFor(least: number, most: number, length: number): Numbers {
  if (least >= 0 && most < 2 ** 8) return new Uint8Array(length);
  if (least >= 0 && most < 2 ** 16) return new Uint16Array(length);
  return least >= -(2 ** 31) && most < 2 ** 31 ? new Int32Array(length) : new Float64Array(length);
}

const asItIs = (value: unknown): unknown => value;
const timeReaders: Record<RowForm, (value: unknown) => unknown> = {
  wire: (value) => (typeof value === 'string' ? parseIsoTime(value) : Number.NaN),
  columns: (value) => (isTime(value) ? value : Number.NaN),
  inside: asItIs,
};

function packFloats(
  name: string,
  values: readonly unknown[],
  nulls: Nulls,
  read: (value: unknown) => unknown,
): PackedColumn {
  const packed = new Float64Array(values.length);
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    if (value === null) continue;
    const number = read(value);
    if (typeof number !== 'number' || !Number.isFinite(number)) throw wrongValue(name, at);
    packed[at] = number;
  }
  return { kind: 'number', values: packed, nulls };
}
