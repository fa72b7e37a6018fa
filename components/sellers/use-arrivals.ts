import { useEffect, useMemo, useState } from 'react';
import { ARRIVAL_MS } from '#lib/query/arrivals.ts';
import type { SellerRow } from '#lib/query/query.ts';

/** In which the mark of such a row goes. */
const FADE_MS = 150;

/** Background of rows that a run in progress brought a moment ago; the page is drawn again when that ends. */
export function useArrivals(rows: readonly SellerRow[]): (row: SellerRow) => string | undefined {
  const [now, setNow] = useState(0);
  const newest = useMemo(() => Math.max(0, ...rows.map(({ arrived_at }) => arrived_at ?? 0)), [rows]);
  useEffect(() => {
    const next = [ARRIVAL_MS, ARRIVAL_MS + FADE_MS].find((age) => newest + age > Date.now());
    if (next === undefined) return;
    const timer = setTimeout(() => setNow(Date.now()), newest + next - Date.now());
    return () => clearTimeout(timer);
  }, [newest, now]);
  return ({ arrived_at: at }) => {
    if (at === null) return undefined;
    const age = Math.max(now, Date.now()) - at;
    if (age < ARRIVAL_MS) return 'bg-fresh';
    return age < ARRIVAL_MS + FADE_MS ? 'bg-background transition-colors duration-150' : undefined;
  };
}
