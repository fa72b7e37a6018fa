import { AppError } from '#lib/shared/app-error.ts';
import type { PackedColumn, PackedPage } from '#lib/store/page-codec.ts';
import { checkPage, isNullAt } from '#lib/store/page-codec.ts';
import { valueAt } from '#lib/store/unpack-column.ts';
import { sellers } from '#lib/tables/sellers.ts';

type At<T> = (index: number) => T;

/** Readers of the engine's columns of a page of sellers, without a row object each. Throws `storage_broken`. */
export function readPage(packed: PackedPage) {
  checkPage(sellers, packed);
  return {
    ids: idBytes(packed),
    normalized_name: values<string>(packed, 'normalized_name', 'text'),
    display_name: values<string>(packed, 'display_name', 'text'),
    times_seen: number(packed, 'times_seen'),
    feedback_percent: number(packed, 'feedback_percent'),
    feedback_count: number(packed, 'feedback_count'),
    item_count: number(packed, 'item_count'),
    created_at: number(packed, 'created_at'),
    updated_at: number(packed, 'updated_at'),
    version: number(packed, 'version'),
    deleted_at: number(packed, 'deleted_at'),
    flagged: values<boolean>(packed, 'flagged', 'bits'),
    source: values<string | null>(packed, 'source', 'choice'),
    first_seen_run_id: repeatedId(packed, 'first_seen_run_id'),
  };
}

function column<K extends PackedColumn['kind']>(
  packed: PackedPage,
  name: string,
  kind: K,
): Extract<PackedColumn, { kind: K }> {
  const found = packed.columns[name];
  if (found?.kind !== kind) throw new AppError('storage_broken', { details: { column: name, page: packed.page } });
  return found as Extract<PackedColumn, { kind: K }>;
}

function values<T>(packed: PackedPage, name: keyof typeof sellers.columns, kind: PackedColumn['kind']): At<T> {
  const declared = sellers.columns[name];
  const found = column(packed, name, kind);
  // The declaration of the column, which the page was checked against, gives the type.
  return (index) => valueAt(declared, found, index) as T;
}

const number = (packed: PackedPage, name: keyof typeof sellers.columns): At<number | null> =>
  values(packed, name, 'number');

/** Ids that repeat (sellers of one run) are spelled out once a page. */
function repeatedId(packed: PackedPage, name: 'first_seen_run_id'): At<string | null> {
  const { places, nulls } = column(packed, name, 'uuid');
  const spelled: string[] = [];
  const read = values<string | null>(packed, name, 'uuid');
  if (places === null) return read;
  return (index) => {
    if (isNullAt(nulls, index)) return null;
    const place = places[index] ?? 0;
    return (spelled[place] ??= read(index) ?? '');
  };
}

/** The ids of the rows, 16 bytes each. */
function idBytes(packed: PackedPage): Uint8Array {
  const { bytes, places } = column(packed, 'id', 'uuid');
  if (places === null) return bytes;
  const all = new Uint8Array(places.length * 16);
  places.forEach((place, index) => all.set(bytes.subarray(place * 16, place * 16 + 16), index * 16));
  return all;
}
