/** Where somebody was in a list. */
export interface ScrollPlace {
  /** The row at the upper edge, and how many of its heights are above it. */
  readonly edge: number;
  /** Handle of that row, where it is known: others may have come in above it. */
  readonly handle: number | null;
}

interface Kept extends ScrollPlace {
  readonly grid: string;
  readonly listKey: string;
}

/** Where one was last in each grid, for who comes back by a link. */
const last = new Map<string, Kept>();

/** Keeps it for this entry of the browser's history, which a reload and Back find again, and for a return by a link. */
export function rememberPlace(grid: string, listKey: string, place: ScrollPlace): void {
  const kept: Kept = { grid, listKey, ...place };
  last.set(grid, kept);
  const state: unknown = history.state;
  history.replaceState({ ...(typeof state === 'object' ? state : null), scroll: kept }, '');
}

/** `isReturn`: the grid was not on the screen before. */
export function rememberedPlace(grid: string, listKey: string, isReturn: boolean): ScrollPlace | null {
  const state = history.state as { scroll?: Kept } | null;
  const isIt = (kept: Kept | undefined): kept is Kept => kept?.grid === grid && kept.listKey === listKey;
  if (isIt(state?.scroll)) return state.scroll;
  const kept = last.get(grid);
  return isReturn && isIt(kept) ? kept : null;
}
