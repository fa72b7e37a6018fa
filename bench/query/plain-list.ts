import type { WireSeller } from '#lib/tables/sellers.ts';
import type { Listed, ListQuery } from './subject.ts';

/** What every subject must answer: the plain way, over an array of rows that does not change. */
export function createPlainLists(rows: readonly WireSeller[]) {
  const sorted = new Map<string, WireSeller[]>();

  function inOrder({ column, order }: ListQuery['sort']): WireSeller[] {
    const key = `${column} ${order}`;
    const known = sorted.get(key);
    if (known !== undefined) return known;
    const made = rows.toSorted(
      (a, b) => compared(a[column], b[column], order) || compared(a.normalized_name, b.normalized_name, 'asc'),
    );
    sorted.set(key, made);
    return made;
  }

  return (query: ListQuery, from: number, to: number): Listed => {
    const search = query.search.toLowerCase();
    const fits = inOrder(query.sort).filter(
      (row) => row.normalized_name.includes(search) && (!query.flagged || row.flagged),
    );
    return { total: fits.length, nos: fits.slice(from, to).map(({ no }) => no) };
  };
}

function compared(a: string | number | null, b: string | number | null, order: 'asc' | 'desc'): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b === (order === 'asc') ? -1 : 1;
}
