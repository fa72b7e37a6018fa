import { useEffect, useState } from 'react';
import { ARRIVAL_MS, FADE_MS } from '#lib/query/arrivals.ts';
import type { SellerRow } from '#lib/query/query.ts';

type Arrived = Pick<SellerRow, 'arrived_at'>;

/** Background of rows that a run in progress brought a moment ago; the page is drawn again when one of them changes. */
export function useArrivals(rows: readonly SellerRow[]): (row: SellerRow) => string | undefined {
  const [now, setNow] = useState(0);
  useEffect(() => {
    const next = nextChange(rows, Date.now());
    if (next === null) return;
    const timer = setTimeout(() => setNow(Date.now()), next - Date.now());
    return () => clearTimeout(timer);
  }, [rows, now]);
  return (row) => arrivalTint(row, Math.max(now, Date.now()));
}

/** Class of the background of a row at a moment; undefined: the usual one. */
export function arrivalTint({ arrived_at: at }: Arrived, now: number): string | undefined {
  if (at === null || now >= at + ARRIVAL_MS + FADE_MS) return undefined;
  return now < at + ARRIVAL_MS ? 'bg-fresh' : 'bg-background transition-colors duration-150';
}

/** When the first of the rows has another background; null: never. */
export function nextChange(rows: readonly Arrived[], now: number): number | null {
  const changes = rows.flatMap(({ arrived_at: at }) =>
    at === null ? [] : [at + ARRIVAL_MS, at + ARRIVAL_MS + FADE_MS],
  );
  const next = Math.min(...changes.filter((change) => change > now));
  return next === Number.POSITIVE_INFINITY ? null : next;
}
