import { normalizeName } from '#lib/domain/seller.ts';
import type { Seller } from '#lib/tables/sellers.ts';
import { sellers } from '#lib/tables/sellers.ts';
import type { BaseDatabase } from './base-database.ts';
import { findNames } from './find-names.ts';
import type { OwnDatabase } from './own-database.ts';
import { readByNo } from './base-reads.ts';
import type { OutboxEntry } from './types.ts';

/** What the view has of one seller that was asked for by name. */
export interface FoundSeller {
  /** Row number, or the negative handle of a creation that is not confirmed. */
  no: number;
  /** Known for creations only; else readByNo knows. */
  id: string | null;
  flagged: boolean;
  times_seen: number;
}

/** The sellers of the view (base with the outbox on top) with these normalized names. */
export async function findSellers(
  own: OwnDatabase,
  base: BaseDatabase,
  names: readonly string[],
): Promise<Map<string, FoundSeller>> {
  // The outbox first: an entry leaves it only after the base holds its effect.
  const entries = (await own.outbox.orderBy('seq').toArray()).filter(({ table }) => table === 'sellers');
  const view = new Map<number, Seller>();
  for (const { name, no, flagged, times_seen } of (await findNames(base, names)).values()) {
    view.set(no, { ...blank(name), no, flagged, times_seen });
  }
  for (const row of await readByNo(base, 'sellers', renamedInto(entries, new Set(names), view)))
    view.set(row.no, row as unknown as Seller);
  const handles = new Map<number, number>();
  for (const entry of entries) applyEntry(view, handles, entry);
  const found = new Map<string, FoundSeller>();
  for (const [no, { normalized_name, deleted_at, id, flagged, times_seen }] of view) {
    if (deleted_at === null) found.set(normalized_name, { no, id: no < 0 ? id : null, flagged, times_seen });
  }
  return found;
}

function blank(name: string): Seller {
  const row = sellers.apply(null, { op: 'create', id: '', data: { display_name: name }, edited_at: 0 });
  if (row === null) throw new TypeError('a creation makes a row');
  return row;
}

function renamedInto(
  entries: readonly OutboxEntry[],
  names: ReadonlySet<string>,
  view: ReadonlyMap<number, Seller>,
): number[] {
  const renames = entries.filter(
    ({ op, data }) => op === 'update' && names.has(normalizeName(String(data['display_name'] ?? ''))),
  );
  return [...new Set(renames.flatMap(({ targets }) => targets.map(({ no }) => no)))].filter(
    (no) => no >= 0 && !view.has(no),
  );
}

function applyEntry(view: Map<number, Seller>, handles: Map<number, number>, entry: OutboxEntry): void {
  for (const target of entry.targets) {
    const mutation = { op: entry.op, id: target.id, data: entry.data, edited_at: entry.edited_at };
    const no =
      entry.op === 'create' ? placeOfCreation(view, handles, entry, target.no) : (handles.get(target.no) ?? target.no);
    const row = sellers.apply(view.get(no) ?? null, mutation);
    if (row !== null) view.set(no, row);
  }
}

// The server gives a creation whose name is taken to the row that has it; so does the view.
function placeOfCreation(
  view: ReadonlyMap<number, Seller>,
  handles: Map<number, number>,
  entry: OutboxEntry,
  no: number,
): number {
  if (view.has(no)) return no;
  const name = normalizeName(String(entry.data['display_name'] ?? ''));
  const holder = [...view].find(([, row]) => row.normalized_name === name && row.deleted_at === null);
  const place = holder?.[0] ?? no;
  handles.set(no, place);
  return place;
}
