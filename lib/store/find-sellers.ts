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
  const view = createView();
  for (const { name, no, flagged, times_seen } of (await findNames(base, names)).values()) {
    view.put(no, { ...blank(name), no, flagged, times_seen });
  }
  for (const row of await readByNo(base, 'sellers', renamedInto(entries, new Set(names), view)))
    view.put(row.no, row as unknown as Seller);
  const aliases = await aliasesOf(own, entries);
  for (const entry of entries) applyEntry(view, entry, aliases);
  const found = new Map<string, FoundSeller>();
  for (const [name, no] of view.holders) {
    const row = view.rows.get(no);
    if (row !== undefined) found.set(name, { no, id: no < 0 ? row.id : null, ...shown(row) });
  }
  return found;
}

function shown({ flagged, times_seen }: Seller): Pick<FoundSeller, 'flagged' | 'times_seen'> {
  return { flagged, times_seen };
}

interface View {
  readonly rows: ReadonlyMap<number, Seller>;
  /** Which live row has a name. */
  readonly holders: ReadonlyMap<string, number>;
  /** Rows that took in a creation of their name, by the creation's handle. */
  readonly handles: Map<number, number>;
  put(no: number, row: Seller): void;
}

function createView(): View {
  const rows = new Map<number, Seller>();
  const holders = new Map<string, number>();
  return {
    rows,
    holders,
    handles: new Map(),
    put(no, row) {
      const before = rows.get(no)?.normalized_name;
      if (before !== undefined && holders.get(before) === no) holders.delete(before);
      rows.set(no, row);
      if (row.deleted_at === null) holders.set(row.normalized_name, no);
    },
  };
}

function blank(name: string): Seller {
  const row = sellers.apply(null, { op: 'create', id: '', data: { display_name: name }, edited_at: 0 });
  if (row === null) throw new TypeError('a creation makes a row');
  return row;
}

function renamedInto(entries: readonly OutboxEntry[], names: ReadonlySet<string>, view: View): number[] {
  const renames = entries.filter(
    ({ op, data }) => op === 'update' && names.has(normalizeName(String(data['display_name'] ?? ''))),
  );
  return [...new Set(renames.flatMap(({ targets }) => targets.map(({ no }) => no)))].filter(
    (no) => no >= 0 && !view.rows.has(no),
  );
}

/** The rows that creations of one's own were led to; only what takes back additions asks for them. */
async function aliasesOf(own: OwnDatabase, entries: readonly OutboxEntry[]): Promise<ReadonlyMap<string, string>> {
  const ids = entries
    .filter(({ data }) => data['own_ids'] === true)
    .flatMap(({ targets }) => targets.map(({ id }) => id));
  const aliases = ids.length === 0 ? [] : await own.aliases.bulkGet(ids);
  return new Map(aliases.flatMap((alias) => (alias === undefined ? [] : [[alias.requested_id, alias.id] as const])));
}

function applyEntry(view: View, entry: OutboxEntry, aliases: ReadonlyMap<string, string>): void {
  for (const [at, target] of entry.targets.entries()) {
    const data = entry.rows?.[at] ?? entry.data;
    const mutation = { op: entry.op, id: target.id, data, edited_at: entry.edited_at };
    const no =
      entry.op === 'create' ? placeOfCreation(view, data, target.no) : (view.handles.get(target.no) ?? target.no);
    const before = view.rows.get(no);
    // Names come without ids: a row is the one that is meant, unless a creation was led to it.
    const meant =
      before === undefined || no !== target.no ? before : { ...before, id: aliases.get(target.id) ?? target.id };
    const row = sellers.apply(meant ?? null, mutation);
    if (row !== null) view.put(no, row);
  }
}

// The server gives a creation whose name is taken to the row that has it; so does the view.
function placeOfCreation(view: View, data: OutboxEntry['data'], no: number): number {
  if (view.rows.has(no)) return no;
  const place = view.holders.get(normalizeName(String(data['display_name'] ?? ''))) ?? no;
  view.handles.set(no, place);
  return place;
}
