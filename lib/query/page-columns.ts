import { AppError } from '#lib/shared/app-error.ts';
import type { PackedColumn, PackedPage } from '#lib/store/page-codec.ts';
import { checkPage, isNullAt } from '#lib/store/page-codec.ts';
import { readUuid } from '#lib/store/uuid-bytes.ts';
import { sellers } from '#lib/tables/sellers.ts';
import type { CodeColumn } from './code-column.ts';
import type { NumberColumn } from './number-column.ts';

type Kind = PackedColumn['kind'];
type ColumnOf<K extends Kind> = Extract<PackedColumn, { kind: K }>;

/** Copies columns of a page of sellers into the engine's, without a value or an object for each row. */
export interface PageColumns {
  /** A text column as it is packed. */
  text(name: string): ColumnOf<'text'>;
  /** The ids of the rows, 16 bytes each. */
  ids(): Uint8Array;
  numbers(name: string, into: NumberColumn, start: number): void;
  /** Choices and ids that repeat. */
  codes(name: string, into: CodeColumn, start: number): void;
  /** A 1 for each row whose flag is set. */
  bits(name: string, into: Uint8Array, start: number): void;
  /** Whether the value of a row is null. */
  isNull(name: string, index: number): boolean;
}

/** `names`: the columns that will be asked for. Throws `storage_broken`. */
export function openPage(packed: PackedPage, names: readonly string[]): PageColumns {
  checkPage(sellers, packed, names);
  const count = packed.offsets.length;
  const column = <K extends Kind>(name: string, kind: K): ColumnOf<K> => {
    const found = packed.columns[name];
    if (found?.kind !== kind) throw new AppError('storage_broken', { details: { column: name, page: packed.page } });
    return found as ColumnOf<K>;
  };

  return {
    text: (name) => column(name, 'text'),
    ids() {
      const { bytes, places } = column('id', 'uuid');
      if (places === null) return bytes;
      const all = new Uint8Array(places.length * 16);
      places.forEach((place, index) => all.set(bytes.subarray(place * 16, place * 16 + 16), index * 16));
      return all;
    },
    numbers(name, into, start) {
      const { values, nulls } = column(name, 'number');
      into.fill(start, count, values, nulls);
    },
    codes(name, into, start) {
      const codeAt = codeReader(packed, name, into);
      for (let at = 0; at < count; at++) {
        const code = isNullAt(packed.columns[name]?.nulls ?? null, at) ? 0 : codeAt(at);
        into.setCode(start + at, code);
      }
    },
    bits(name, into, start) {
      const { bits } = column(name, 'bits');
      for (let at = 0; at < count; at++) into[start + at] = ((bits[at >> 3] ?? 0) >> (at & 7)) & 1;
    },
    isNull: (name, index) => isNullAt(packed.columns[name]?.nulls ?? null, index),
  };
}

/** Codes of a page's choices, or of ids, which are spelled out once a page where they repeat. */
function codeReader(packed: PackedPage, name: string, into: CodeColumn): (index: number) => number {
  const column = packed.columns[name];
  if (column?.kind === 'choice') {
    const codes = (sellers.columns as Record<string, { choices?: readonly string[] }>)[name]?.choices?.map(into.codeOf);
    return (index) => codes?.[column.index[index] ?? 0] ?? 0;
  }
  if (column?.kind !== 'uuid') throw new AppError('storage_broken', { details: { column: name, page: packed.page } });
  const { bytes, places } = column;
  if (places === null) return (index) => into.codeOf(readUuid(bytes, index * 16));
  const codes: number[] = [];
  return (index) => {
    const place = places[index] ?? 0;
    return (codes[place] ??= into.codeOf(readUuid(bytes, place * 16)));
  };
}
