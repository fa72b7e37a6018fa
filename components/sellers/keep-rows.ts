import type { SellerRow } from '#lib/query/query.ts';

/** The rows, and in place of each that is as it was the one known before: what is the same need not be drawn again. */
export function keepRows(before: readonly SellerRow[], rows: readonly SellerRow[]): readonly SellerRow[] {
  if (before.length === 0) return rows;
  const known = new Map(before.map((row) => [row.no, row]));
  return rows.map((row) => {
    const old = known.get(row.no);
    return old !== undefined && isSame(old, row) ? old : row;
  });
}

function isSame(one: SellerRow, other: SellerRow): boolean {
  return (Object.keys(other) as (keyof SellerRow)[]).every((key) => one[key] === other[key]);
}
