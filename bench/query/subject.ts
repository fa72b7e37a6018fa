import type { PullAnswer } from '#lib/protocol/pull.ts';

/** One list as a person asks for it. Ties of the sort are broken by normalized name, then by row number, both ascending. */
export interface ListQuery {
  /** Part of the normalized name; empty for all. */
  readonly search: string;
  /** Only flagged rows. */
  readonly flagged: boolean;
  readonly sort: { readonly column: SortColumn; readonly order: 'asc' | 'desc' };
}

/** `no` has no ties. Empty values come last in both orders. */
export type SortColumn = 'no' | 'normalized_name' | 'feedback_count' | 'updated_at' | 'source';

export interface Listed {
  /** Rows that match. */
  readonly total: number;
  /** Row numbers at the positions asked for. */
  readonly nos: readonly number[];
}

/** A way of keeping and querying sellers, as a page would use it. Each runs in a page of its own. */
export interface QuerySubject {
  /** Keeps the rows of these answers in an empty store. Not measured. */
  fill(answers: Iterable<PullAnswer>): Promise<void>;
  /**
   * Opens what was filled, as a page does that was just loaded. `list` may be called from then on.
   * Resolves when every row can be listed.
   */
  open(): Promise<void>;
  /** The rows at positions `from` to `to` (exclusive) as row objects in the page, of which the bench looks at the number. */
  list(query: ListQuery, from: number, to: number): Promise<Listed>;
  /** Stores changed rows (they are known); resolves when `list` shows them. */
  pull(answer: PullAnswer): Promise<void>;
  /** Flags these rows; resolves when `list` shows them flagged, whatever is written to the disk after that. */
  flag(nos: readonly number[]): Promise<void>;
  close(): Promise<void>;
}
