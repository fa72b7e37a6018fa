import type { Column } from '#lib/tables/columns.ts';
import type { Ends, PackedChoices, PackedColumn, PackedNumbers, PackedText } from './packed-page.ts';
import { withCapitals } from './cased-text.ts';
import { bitAt, choiceAt, endsOf, isNullAt, numberAt } from './packed-page.ts';
import { readUuid } from './uuid-bytes.ts';

type PackedIds = Extract<PackedColumn, { kind: 'uuid' }>;
export type PackedColumns = Readonly<Record<string, PackedColumn>>;

/** The values of the rows at `indexes` (positions in the page's `offsets`), as the program holds them inside; of sound columns. */
export function valuesAt(
  column: Column,
  columns: PackedColumns,
  packed: PackedColumn,
  indexes: readonly number[],
): unknown[] {
  const read = readerOf(column, columns, packed);
  const { nulls } = packed;
  return nulls === null ? indexes.map(read) : indexes.map((index) => (isNullAt(nulls, index) ? null : read(index)));
}

/** Reads values that are not null. Which kind of column it is, is asked once. */
function readerOf(column: Column, columns: PackedColumns, packed: PackedColumn): (index: number) => unknown {
  if (packed.kind === 'number') return numberReader(packed);
  if (packed.kind === 'bits') return (index) => bitAt(packed.bits, index);
  if (packed.kind === 'choice') return (index) => column.choices?.[choiceAt(packed, index)];
  if (packed.kind === 'uuid') return idReader(packed);
  if (packed.kind === 'cased') {
    const lower = lowerOf(column, columns);
    if (lower === null) return () => '';
    const lowerAt = textReader(lower);
    const ends = endsOf(lower);
    return (index) => withCapitals(lowerAt(index), packed.upper, startAt(ends, index));
  }
  const textAt = textReader(packed);
  return column.kind === 'json' ? (index) => JSON.parse(textAt(index)) as unknown : textAt;
}
function numberReader(packed: PackedNumbers): (index: number) => number {
  const { values, high, base = 0, unit = 1 } = packed;
  if (high !== undefined || values instanceof Float64Array) return (index) => numberAt(packed, index);
  return (index) => (base + (values[index] ?? 0)) / unit;
}

/** Ids that repeat are spelled out once. */
function idReader({ bytes, places }: PackedIds): (index: number) => string {
  if (places === null) return (index) => readUuid(bytes, index * 16);
  const ids: string[] = [];
  return (index) => {
    const place = places[index] ?? 0;
    return (ids[place] ??= readUuid(bytes, place * 16));
  };
}

function textReader(packed: PackedText): (index: number) => string {
  const { text } = packed;
  const ends = endsOf(packed);
  return (index) => text.slice(startAt(ends, index), ends[index]);
}

const startAt = (ends: Ends, index: number): number => (index === 0 ? 0 : (ends[index - 1] ?? 0));

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
