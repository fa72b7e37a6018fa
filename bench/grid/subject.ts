import type { GridRow } from './rows.ts';

export type SortName = 'newest' | 'feedback' | 'name';

/** What is asked of a grid; null: every row. */
export interface Shown {
  readonly sort: SortName;
  readonly filter: 'flagged' | 'tech-' | null;
}

/** A grid on the page, over the same rows as the others. */
export interface GridSubject {
  /** Draws it; `rows` are at hand already, for those that keep them in memory. */
  open(host: HTMLElement, rows: readonly GridRow[]): void;
  show(shown: Shown): void;
  /** The element that scrolls; null before it is there. */
  scroller(): HTMLElement | null;
  /** Names of the rows that are drawn so many pixels below the header; null where there is none, or one without its text. */
  namesAt(ys: readonly number[]): (string | null)[];
  /** Whether it shows rows that were in view before, in the place of those that are in view now. */
  isLate(): boolean;
}

/** Of the rows on disk. */
export const STORE = 'bench-grid';
export const ROW_HEIGHT = 36;
/** The row by which a list is known: the first may be the same in two of them. */
export const TOLD_BY = 9;
