import type { Column } from '#lib/tables/columns.ts';
import type { Ends, Nulls, PackedChoices, PackedColumn, PackedNumbers, PackedText } from './packed-page.ts';
import { withCapitals } from './cased-text.ts';
import { bitAt, choiceAt, endsOf, isNullAt, numberAt } from './packed-page.ts';
import { readUuid } from './uuid-bytes.ts';

export type PackedColumns = Readonly<Record<string, PackedColumn>>;

/** The value of the row at `index` (position in the page's `offsets`), as the program holds it inside; of sound columns. */
export function valueAt(column: Column, columns: PackedColumns, packed: PackedColumn, index: number): unknown {
  if (isNullAt(packed.nulls, index)) return null;
  if (packed.kind === 'number') return numberAt(packed, index);
  if (packed.kind === 'bits') return bitAt(packed.bits, index);
  if (packed.kind === 'choice') return column.choices?.[choiceAt(packed, index)];
  if (packed.kind === 'uuid') return readUuid(packed.bytes, (packed.places?.[index] ?? index) * 16);
  if (packed.kind === 'cased') {
    const lower = lowerOf(column, columns);
    return lower === null ? '' : withCapitals(textAt(lower, index), packed.upper, startAt(lower, index));
  }
  const text = textAt(packed, index);
  return column.kind === 'json' ? (JSON.parse(text) as unknown) : text;
}

/** The same of many rows: which kind of column it is, is asked once. */
export function valuesAt(
  column: Column,
  columns: PackedColumns,
  packed: PackedColumn,
  indexes: readonly number[],
): unknown[] {
  if (packed.kind === 'number') return orNulls(packed.nulls, indexes, numbersAt(packed, indexes));
  if (packed.kind === 'text' && column.kind === 'text') {
    const { text } = packed;
    const ends = endsOf(packed);
    const texts = indexes.map((index) => text.slice(index === 0 ? 0 : ends[index - 1], ends[index]));
    return orNulls(packed.nulls, indexes, texts);
  }
  return indexes.map((index) => valueAt(column, columns, packed, index));
}

function numbersAt(packed: PackedNumbers, indexes: readonly number[]): number[] {
  const { values, high, base = 0, unit = 1 } = packed;
  if (high !== undefined || values instanceof Float64Array) return indexes.map((index) => numberAt(packed, index));
  return indexes.map((index) => (base + (values[index] ?? 0)) / unit);
}

function orNulls(nulls: Nulls, indexes: readonly number[], values: readonly unknown[]): unknown[] {
  return nulls === null ? [...values] : values.map((value, at) => (isNullAt(nulls, indexes[at] ?? 0) ? null : value));
}

const startAt = (packed: PackedText, index: number): number => (index === 0 ? 0 : (endsOf(packed)[index - 1] ?? 0));

function textAt(packed: PackedText, index: number): string {
  return packed.text.slice(startAt(packed, index), endsOf(packed)[index]);
}

function lowerOf({ casedFrom = '' }: Column, columns: PackedColumns): PackedText | null {
  const lower = columns[casedFrom];
  return lower?.kind === 'text' ? lower : null;
}

/** Whether the column can be read for `count` rows without surprises; false for a damaged one. */
export function isSoundColumn(
  column: Column,
  columns: PackedColumns,
  packed: PackedColumn | undefined,
  count: number,
): boolean {
  if (packed?.kind === 'cased') return areSoundCapitals(packed.upper, lowerOf(column, columns), count);
  if (packed === undefined || packed.kind !== kindOf(column)) return false;
  const bitBytes = (count + 7) >> 3;
  if (packed.nulls !== null && packed.nulls.length !== bitBytes) return false;
  // A column of nulls alone has no values to look at.
  if (packed.nulls !== null && allSet(packed.nulls, count)) return true;
  if (packed.kind === 'number') {
    const { values, high, base = 0, unit = 1 } = packed;
    return values.length === count && (high?.length ?? count) === count && Number.isFinite(base) && unit > 0;
  }
  if (packed.kind === 'bits') return packed.bits.length === bitBytes;
  if (packed.kind === 'uuid') return areSoundIds(packed.bytes, packed.places, count);
  if (packed.kind === 'choice') return areSoundChoices(packed, column.choices?.length ?? 0, count);
  return isSoundText(packed, count);
}

function areSoundChoices(packed: PackedChoices, known: number, count: number): boolean {
  const { index, bits = 8 } = packed;
  if (index.length !== Math.ceil((count * bits) / 8)) return false;
  for (let at = 0; at < count; at++) if (choiceAt(packed, at) >= known) return false;
  return true;
}

function isSoundText(packed: PackedText, count: number): boolean {
  const { text } = packed;
  const ends = endsOf(packed);
  return ends.length === count && (ends[count - 1] ?? 0) === text.length && areOrdered(ends);
}

function areSoundCapitals(upper: Uint8Array, lower: PackedText | null, count: number): boolean {
  if (lower === null || lower.nulls !== null || !isSoundText(lower, count)) return false;
  return upper.length === 0 || upper.length === (lower.text.length + 7) >> 3;
}

function areSoundIds(bytes: Uint8Array, places: Uint8Array | null, count: number): boolean {
  if (places === null) return bytes.length === count * 16;
  return bytes.length % 16 === 0 && places.length === count && areBelow(places, Math.max(bytes.length / 16, 1));
}

// A loop: a million rows are looked at whenever the list is opened.
function areBelow(places: Uint8Array, limit: number): boolean {
  for (let at = 0; at < places.length; at++) if (!((places[at] ?? 0) < limit)) return false;
  return true;
}

function areOrdered(ends: Ends): boolean {
  for (let at = 1; at < ends.length; at++) if ((ends[at] ?? 0) < (ends[at - 1] ?? 0)) return false;
  return true;
}

function allSet(nulls: Uint8Array, count: number): boolean {
  for (let index = 0; index < count; index++) if (!bitAt(nulls, index)) return false;
  return true;
}

function kindOf(column: Column): PackedColumn['kind'] {
  if (column.kind === 'boolean') return 'bits';
  if (column.kind === 'choice') return 'choice';
  if (column.kind === 'id') return 'uuid';
  return column.kind === 'text' || column.kind === 'json' ? 'text' : 'number';
}
