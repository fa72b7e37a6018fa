import { AppError } from '#lib/shared/app-error.ts';
import type { PackedColumn, PackedPage } from '#lib/store/page-codec.ts';
import { checkPage } from '#lib/store/page-codec.ts';
import type { Ends } from '#lib/store/packed-page.ts';
import { choiceAt, endsOf, isNullAt } from '#lib/store/packed-page.ts';
import { readUuid } from '#lib/store/uuid-bytes.ts';
import { sellers } from '#lib/tables/sellers.ts';
import type { CodeColumn } from './code-column.ts';
import { giveBack } from './give-back.ts';
import type { NumberColumn } from './number-column.ts';
import type { ShownNames } from './shown-names.ts';

type Kind = PackedColumn['kind'];

interface Texts {
  readonly text: string;
  readonly ends: Ends;
}
type ColumnOf<K extends Kind> = Extract<PackedColumn, { kind: K }>;

/** Copies columns of a page of sellers into the engine's, without a value or an object for each row. */
export interface PageColumns {
  /** A text column: all joined, and where each ends. */
  text(name: string): Texts;
  /** The names as people see them, over the normalized ones. */
  shownNames(into: ShownNames, start: number): void;
  /** The ids of the rows, 16 bytes each. */
  ids(): Uint8Array;
  numbers(name: string, into: NumberColumn, start: number): void;
  /** Choices and ids that repeat. */
  codes(name: string, into: CodeColumn, start: number): void;
  /** A 1 for each row whose flag is set. */
  bits(name: string, into: Uint8Array, start: number): void;
  /** Marks with a 1 the rows whose value is null. How many they are. */
  nulls(name: string, into: Uint8Array, start: number): number;
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
  const textOf = (name: string): Texts => {
    const packed = column(name, 'text');
    return { text: packed.text, ends: endsOf(packed) };
  };

  return {
    text: textOf,
    shownNames(into, start) {
      const lower = column('normalized_name', 'text');
      const shown = packed.columns['display_name'];
      if (shown?.kind !== 'cased') into.fill(start, textOf('display_name'));
      else if (shown.upper.length > 0) into.fill(start, { upper: shown.upper, ends: endsOf(lower) });
    },
    ids() {
      const { bytes, places } = column('id', 'uuid');
      if (places === null) return bytes;
      const all = new Uint8Array(places.length * 16);
      places.forEach((place, index) => all.set(bytes.subarray(place * 16, place * 16 + 16), index * 16));
      return all;
    },
    numbers(name, into, start) {
      into.fill(start, count, column(name, 'number'));
    },
    codes(name, into, start) {
      const nulls = packed.columns[name]?.nulls ?? null;
      const { places, codes } = placedCodes(packed, name, count, into);
      for (let at = 0; at < count; at++) into.setCode(start + at, codes[places?.[at] ?? at] ?? 0);
      if (nulls === null) return;
      for (let at = 0; at < count; at++) if (isNullAt(nulls, at)) into.setCode(start + at, 0);
    },
    bits(name, into, start) {
      const { bits } = column(name, 'bits');
      for (let at = 0; at < count; at++) into[start + at] = ((bits[at >> 3] ?? 0) >> (at & 7)) & 1;
    },
    nulls(name, into, start) {
      const { nulls = null } = packed.columns[name] ?? {};
      let sum = 0;
      for (let at = 0; at < count; at++) {
        const isNull = Number(isNullAt(nulls, at));
        into[start + at] = isNull;
        sum += isNull;
      }
      return sum;
    },
  };
}

/** Codes of a page's choices, or of ids, which are spelled out once a page where they repeat; `places`: which is a row's. */
function placedCodes(
  packed: PackedPage,
  name: string,
  count: number,
  into: CodeColumn,
): { readonly places: Uint8Array | null; readonly codes: readonly number[] } {
  const column = packed.columns[name];
  if (column?.kind === 'choice') {
    const { choices = [] } = (sellers.columns as Record<string, { choices?: readonly string[] }>)[name] ?? {};
    const places = new Uint8Array(count);
    if (column.index.length > 0) for (let at = 0; at < count; at++) places[at] = choiceAt(column, at);
    return { places, codes: choices.map(into.codeOf) };
  }
  if (column?.kind !== 'uuid') throw new AppError('storage_broken', { details: { column: name, page: packed.page } });
  const { bytes, places } = column;
  const isNull = (at: number): boolean => places === null && isNullAt(column.nulls, at);
  const ids = Array.from({ length: bytes.length / 16 }, (_, at) => (isNull(at) ? null : readUuid(bytes, at * 16)));
  return { places, codes: ids.map(into.codeOf) };
}

/**
 * Gives back at once what was copied of a page: a million rows leave 60 MB behind, which a collection of garbage may
 * not look at for minutes. Texts, their ends and capitals are kept as they are.
 */
export function releasePage({ columns }: PackedPage): void {
  for (const column of Object.values(columns)) {
    if (column.kind !== 'text' && column.kind !== 'cased')
      giveBack(...Object.values(column).filter((value) => ArrayBuffer.isView(value)));
  }
}
