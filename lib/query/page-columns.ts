import { AppError } from '#lib/shared/app-error.ts';
import type { PackedColumn, PackedPage } from '#lib/store/page-codec.ts';
import { bitAt, checkPage, isNullAt } from '#lib/store/page-codec.ts';
import { sellers } from '#lib/tables/sellers.ts';
import { uuidReader } from './uuid-reader.ts';

type At<T> = (index: number) => T;

/** Readers of the engine's columns of a page of sellers, without a row object each. Throws `storage_broken`. */
export function readPage(packed: PackedPage) {
  checkPage(sellers, packed);
  return {
    ids: column(packed, 'id', 'uuid').bytes,
    normalized_name: text(packed, 'normalized_name'),
    display_name: text(packed, 'display_name'),
    times_seen: number(packed, 'times_seen'),
    feedback_percent: number(packed, 'feedback_percent'),
    feedback_count: number(packed, 'feedback_count'),
    item_count: number(packed, 'item_count'),
    created_at: number(packed, 'created_at'),
    updated_at: number(packed, 'updated_at'),
    version: number(packed, 'version'),
    deleted_at: number(packed, 'deleted_at'),
    flagged: flag(packed, 'flagged'),
    source: choice(packed, 'source'),
    first_seen_run_id: uuid(packed, 'first_seen_run_id'),
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

function number(packed: PackedPage, name: string): At<number | null> {
  const { values, nulls } = column(packed, name, 'number');
  return (index) => (isNullAt(nulls, index) ? null : (values[index] ?? null));
}

function flag(packed: PackedPage, name: string): At<boolean> {
  const { bits } = column(packed, name, 'bits');
  return (index) => bitAt(bits, index);
}

function text(packed: PackedPage, name: string): At<string> {
  const { text: joined, ends } = column(packed, name, 'text');
  return (index) => joined.slice(index === 0 ? 0 : ends[index - 1], ends[index]);
}

function choice(packed: PackedPage, name: 'source'): At<string | null> {
  const { index: chosen, nulls } = column(packed, name, 'choice');
  const choices = sellers.columns[name].choices ?? [];
  return (index) => (isNullAt(nulls, index) ? null : (choices[chosen[index] ?? -1] ?? null));
}

function uuid(packed: PackedPage, name: string): At<string | null> {
  const { bytes, places, nulls } = column(packed, name, 'uuid');
  const read = uuidReader(bytes);
  return (index) => (isNullAt(nulls, index) ? null : read(places?.[index] ?? index));
}
