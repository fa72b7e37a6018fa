import { useEffect, useMemo, useState } from 'react';
import { ARRIVAL_MS } from '#lib/query/arrivals.ts';
import type { SellerRow } from '#lib/query/query.ts';

/** Tells rows that a run in progress brought a moment ago; the page is drawn again when that ends. */
export function useArrivals(rows: readonly SellerRow[]): (row: SellerRow) => boolean {
  const [now, setNow] = useState(0);
  const newest = useMemo(() => Math.max(0, ...rows.map(({ arrived_at }) => arrived_at ?? 0)), [rows]);
  useEffect(() => {
    const left = newest + ARRIVAL_MS - Date.now();
    if (left <= 0) return;
    const timer = setTimeout(() => setNow(Date.now()), left);
    return () => clearTimeout(timer);
  }, [newest]);
  return (row) => row.arrived_at !== null && row.arrived_at + ARRIVAL_MS > Math.max(now, Date.now());
}
