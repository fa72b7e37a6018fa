import { MARK_ROOM } from './mark-view.ts';
import type { Place } from './places.ts';

/** Draws marks that would leave their card a little further left: cards cut off what hangs over. Reads all, then writes all. */
export function fitMarks(places: readonly Place[]): void {
  const shifts = places.map(({ view, card }) => {
    if (view === null) return 0;
    const { right } = view.host.getBoundingClientRect();
    return Math.min(0, Math.floor(card.getBoundingClientRect().right - right - MARK_ROOM));
  });
  for (const [at, { view }] of places.entries()) view?.shift(shifts[at] ?? 0);
}
