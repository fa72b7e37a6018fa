import { formatNumber } from '#components/ui/format.ts';
import type { ViewState } from '#lib/query/query.ts';

/** `Showing 1–38 of 5,210`. */
export function shownWords({ first, last }: { first: number; last: number }, state: ViewState | null): string {
  if (state === null) return '';
  const end = Math.min(last, state.total);
  const start = end === 0 ? 0 : Math.min(first + 1, end);
  return `Showing ${formatNumber(start)}–${formatNumber(end)} of ${formatNumber(state.total)}`;
}
