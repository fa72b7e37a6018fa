/** Where somebody was in a list. */
export interface ScrollPlace {
  /** The row at the upper edge, and how many of its heights are above it. */
  readonly edge: number;
  /** Handle of that row, where it is known: others may have come in above it. */
  readonly handle: number | null;
}

interface Kept extends ScrollPlace {
  readonly listKey: string;
}

/** Where one was last in each grid, for who comes back by a link. */
const last = new Map<string, Kept>();

/** Id of the browser's present history entry: that of a page that is being left cannot be written any more. */
export function historyEntry(): string {
  const state = history.state as { entry?: string } | null;
  if (typeof state?.entry === 'string') return state.entry;
  const entry = crypto.randomUUID();
  history.replaceState({ ...state, entry }, '');
  return entry;
}

/** Keeps it for the entry, which a reload and Back find again, and for a return by a link. */
export function rememberPlace(entry: string, grid: string, listKey: string, place: ScrollPlace): void {
  const kept: Kept = { listKey, ...place };
  last.set(grid, kept);
  try {
    sessionStorage.setItem(keyOf(entry, grid), JSON.stringify(kept));
  } catch {
    // Full: then Back leads to where one was last.
  }
}

/** `isReturn`: the grid was not on the screen before. */
export function rememberedPlace(entry: string, grid: string, listKey: string, isReturn: boolean): ScrollPlace | null {
  const places = [readPlace(entry, grid), isReturn ? last.get(grid) : undefined];
  return places.find((kept) => kept?.listKey === listKey) ?? null;
}

function readPlace(entry: string, grid: string): Kept | undefined {
  try {
    return (JSON.parse(sessionStorage.getItem(keyOf(entry, grid)) ?? 'null') as Kept | null) ?? undefined;
  } catch {
    // Damaged: then one is at the top.
    return undefined;
  }
}

const keyOf = (entry: string, grid: string): string => `sellerdex.place.${entry}.${grid}`;
