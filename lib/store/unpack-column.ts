import type { Column } from '#lib/tables/columns.ts';
import type { PackedColumn } from './packed-page.ts';
import { bitAt, isNullAt } from './packed-page.ts';
import { readUuid } from './uuid-bytes.ts';

/** The value of the row at `index` (position in the page's `offsets`), as the program holds it inside. */
export function valueAt(column: Column, packed: PackedColumn, index: number): unknown {
  if (isNullAt(packed.nulls, index)) return null;
  if (packed.kind === 'number') return packed.values[index];
  if (packed.kind === 'bits') return bitAt(packed.bits, index);
  if (packed.kind === 'choice') return column.choices?.[packed.index[index] ?? -1];
  if (packed.kind === 'uuid') return readUuid(packed.bytes, (packed.places?.[index] ?? index) * 16);
  const text = packed.text.slice(index === 0 ? 0 : packed.ends[index - 1], packed.ends[index]);
  return column.kind === 'json' ? (JSON.parse(text) as unknown) : text;
}

/** Whether the column can be read for `count` rows without surprises; false for a damaged one. */
export function isSoundColumn(column: Column, packed: PackedColumn | undefined, count: number): boolean {
  if (packed === undefined || packed.kind !== kindOf(column)) return false;
  const bitBytes = (count + 7) >> 3;
  if (packed.nulls !== null && packed.nulls.length !== bitBytes) return false;
  // A column of nulls alone has no values to look at.
  if (packed.nulls !== null && allSet(packed.nulls, count)) return true;
  if (packed.kind === 'number') return packed.values.length === count;
  if (packed.kind === 'bits') return packed.bits.length === bitBytes;
  if (packed.kind === 'uuid') return areSoundIds(packed.bytes, packed.places, count);
  if (packed.kind === 'choice') {
    const known = column.choices?.length ?? 0;
    return packed.index.length === count && areBelow(packed.index, known);
  }
  if (packed.ends.length !== count || (packed.ends[count - 1] ?? 0) !== packed.text.length) return false;
  return areOrdered(packed.ends);
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

function areOrdered(ends: Uint16Array | Uint32Array): boolean {
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
