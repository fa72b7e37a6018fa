import { normalizeName } from '#lib/domain/seller.ts';
import type { Condition, Query } from '#lib/query/query.ts';
import { NEWEST_RUN } from '#lib/query/query.ts';
import type { Seller } from '#lib/tables/sellers.ts';
import { sellers } from '#lib/tables/sellers.ts';
import type { MemoryStore } from './memory-store.ts';
import type { Assumed } from './query-world.ts';

/** The plain way: all rows as objects, every entry and what is assumed applied, filtered and sorted anew. */
export function modelRows(
  store: MemoryStore,
  wanted: Query,
  assumed: readonly Assumed[],
): { nos: number[]; rows: Map<number, Seller> } {
  const rows = new Map(store.base as unknown as Map<number, Seller>);
  // Platform ids are read from the store, which soon has nothing of these any more.
  for (const [no, row] of rows) if (row.deleted_at !== null) rows.set(no, { ...row, platform_id: null });
  const realNo = new Map<number, number>();
  const unpulled = new Map<number, number>();
  for (const { op, targets, acknowledged } of store.outbox) {
    if (op !== 'create') continue;
    for (const { requested_id, no } of acknowledged?.records ?? []) {
      const handle = targets.find(({ id }) => id === requested_id)?.no;
      if (handle !== undefined && store.base.has(no)) realNo.set(handle, no);
      else if (handle !== undefined) unpulled.set(no, handle);
    }
  }
  for (const { op, targets, data, edited_at } of store.outbox) {
    for (const target of targets) {
      const no = realNo.get(target.no) ?? unpulled.get(target.no) ?? target.no;
      const after = sellers.apply(rows.get(no) ?? null, { op, id: target.id, data, edited_at });
      if (after !== null) rows.set(no, { ...after, no });
    }
  }
  const noById = new Map([...store.base.values()].map(({ id, no }) => [id, no]));
  for (const { change, targets } of assumed) {
    for (const { id, no: handle } of targets) {
      const no = noById.get(id) ?? unpulled.get(handle) ?? handle;
      const data = change.op === 'flag' ? { flagged: change.flagged } : {};
      const after = sellers.apply(rows.get(no) ?? null, { op: change.op, id, data, edited_at: 9000 });
      if (after !== null) rows.set(no, after);
    }
  }
  const newestRun = store.runs.toSorted((a, b) => b.no - a.no)[0]?.id;
  const fits = (row: Seller): boolean =>
    row.deleted_at === null &&
    row.normalized_name.includes(normalizeName(wanted.search)) &&
    wanted.where.every((one) => meets(row, one, newestRun));
  const age = (no: number): number => (no < 0 ? 1e12 - no : no);
  const value = (row: Seller, column: string): unknown =>
    column === 'no'
      ? age(row.no)
      : column === 'display_name'
        ? row.normalized_name
        : column === 'flagged'
          ? Number(row.flagged)
          : (row as unknown as Record<string, unknown>)[column];
  const order = [...wanted.sort, { column: 'display_name', order: 'asc' }, { column: 'no', order: 'asc' }];
  const compare = (a: Seller, b: Seller): number => {
    for (const { column, order: direction } of order) {
      const [left, right] = [value(a, column) ?? null, value(b, column) ?? null] as (string | number | null)[];
      if (left === right) continue;
      if (left === null || left === undefined) return 1;
      if (right === null || right === undefined) return -1;
      return byCodePoints(left, right) < 0 === (direction === 'asc') ? -1 : 1;
    }
    return 0;
  };
  return {
    nos: [...rows.values()]
      .filter(fits)
      .toSorted(compare)
      .map(({ no }) => no),
    rows,
  };
}

function meets(row: Seller, condition: Condition, newestRun: string | undefined): boolean {
  if ('is' in condition) {
    const { flagged, note } = row;
    // Nothing of the model's is refused.
    return { flagged, has_note: (note ?? '') !== '', refused: false }[condition.column] === condition.is;
  }
  if ('in' in condition)
    return condition.in.some((value) => row[condition.column] === (value === NEWEST_RUN ? newestRun : value));
  if (condition.column === 'display_name') {
    const name = row.normalized_name;
    const wanted = normalizeName(condition.text);
    if (condition.match === 'exact') return name === wanted;
    if (condition.match === 'prefix') return name.startsWith(wanted);
    return (condition.match === 'words' ? wanted.split(' ') : [wanted]).every((word) => name.includes(word));
  }
  if ('match' in condition) {
    const id = row.platform_id === null ? null : normalizeName(row.platform_id);
    const wanted = normalizeName(condition.text);
    if (id === null || condition.match === 'contains') return id?.includes(wanted) === true;
    return condition.match === 'exact' ? id === wanted : id.startsWith(wanted);
  }
  if ('empty' in condition) return (row[condition.column] === null) === condition.empty;
  const value = row[condition.column];
  return value !== null && value >= (condition.from ?? -Infinity) && value <= (condition.to ?? Infinity);
}

function byCodePoints(a: string | number, b: string | number): number {
  return typeof a === 'string' ? Buffer.compare(Buffer.from(a), Buffer.from(String(b))) : a - Number(b);
}
