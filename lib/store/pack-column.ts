import { AppError } from '#lib/shared/app-error.ts';
import type { Column } from '#lib/tables/columns.ts';
import type { Nulls, PackedColumn } from './packed-page.ts';
import { parseIsoTime } from './parse-iso-time.ts';
import { writeUuid } from './uuid-bytes.ts';

/** `wire`: as the server sent them, times as text; `inside`: times as epoch milliseconds. */
export type RowForm = 'wire' | 'inside';
export type AnyRow = Readonly<Record<string, unknown>>;

/**
 * One column of `rows`, packed. Checks every value against the declaration, because bulk rows are
 * checked nowhere else. Throws `invalid_answer` with `column` and `at` (index of the row).
 */
export function packColumn(column: Column, name: string, rows: readonly AnyRow[], form: RowForm): PackedColumn {
  const values = rows.map((row) => row[name]);
  const nulls = packNulls(column, name, values);
  if (column.kind === 'boolean') return packBits(name, values, nulls);
  if (column.kind === 'choice') return packChoices(column, name, values, nulls);
  if (column.kind === 'id') return packUuids(name, values, nulls);
  if (column.kind === 'text') return packTexts(name, values, nulls);
  if (column.kind === 'json') return packTexts(name, values.map((value, at) => jsonText(column, name, value, at, form)), nulls);
  if (column.kind === 'integer') return packIntegers(name, values, nulls);
  return packFloats(name, values, nulls, column.kind === 'time' && form === 'wire');
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

function packUuids(name: string, values: readonly unknown[], nulls: Nulls): PackedColumn {
  const bytes = new Uint8Array(values.length * 16);
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    if (value === null) continue;
    if (typeof value !== 'string' || !writeUuid(value, bytes, at * 16)) throw wrongValue(name, at);
  }
  return { kind: 'uuid', bytes, nulls };
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
  return { kind: 'text', text: values.join(''), ends, nulls };
}

function jsonText(column: Column, name: string, value: unknown, at: number, form: RowForm): string | null {
  if (value === null) return null;
  if (value === undefined || (form === 'wire' && !column.wire.safeParse(value).success)) throw wrongValue(name, at);
  return JSON.stringify(value);
}

function packIntegers(name: string, values: readonly unknown[], nulls: Nulls): PackedColumn {
  const small = new Int32Array(values.length);
  let fits = true;
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    if (value === null) continue;
    if (!Number.isSafeInteger(value)) throw wrongValue(name, at);
    small[at] = value as number;
    if (small[at] !== value) fits = false;
  }
  return { kind: 'number', values: fits ? small : Float64Array.from(values, (value) => Number(value)), nulls };
}

function packFloats(name: string, values: readonly unknown[], nulls: Nulls, asTime: boolean): PackedColumn {
  const packed = new Float64Array(values.length);
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    if (value === null) continue;
    const number = asTime ? (typeof value === 'string' ? parseIsoTime(value) : Number.NaN) : value;
    if (typeof number !== 'number' || !Number.isFinite(number)) throw wrongValue(name, at);
    packed[at] = number;
  }
  return { kind: 'number', values: packed, nulls };
}
