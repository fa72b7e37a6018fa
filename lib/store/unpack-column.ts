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
  if (packed.kind === 'uuid') return readUuid(packed.bytes, index * 16);
  const text = packed.text.slice(index === 0 ? 0 : packed.ends[index - 1], packed.ends[index]);
  return column.kind === 'json' ? (JSON.parse(text) as unknown) : text;
}

/** Whether the column can be read for `count` rows without surprises; false for a damaged one. */
export function isSoundColumn(column: Column, packed: PackedColumn | undefined, count: number): boolean {
  if (packed === undefined || packed.kind !== kindOf(column)) return false;
  const bitBytes = (count + 7) >> 3;
  if (packed.nulls !== null && packed.nulls.length !== bitBytes) return false;
  if (packed.kind === 'number') return packed.values.length === count;
  if (packed.kind === 'bits') return packed.bits.length === bitBytes;
  if (packed.kind === 'uuid') return packed.bytes.length === count * 16;
  if (packed.kind === 'choice') {
    const known = column.choices?.length ?? 0;
    return packed.index.length === count && packed.index.every((index) => index < known);
  }
  if (packed.ends.length !== count || (packed.ends[count - 1] ?? 0) !== packed.text.length) return false;
  return packed.ends.every((end, at) => at === 0 || end >= (packed.ends[at - 1] ?? 0));
}

function kindOf(column: Column): PackedColumn['kind'] {
  if (column.kind === 'boolean') return 'bits';
  if (column.kind === 'choice') return 'choice';
  if (column.kind === 'id') return 'uuid';
  return column.kind === 'text' || column.kind === 'json' ? 'text' : 'number';
}
