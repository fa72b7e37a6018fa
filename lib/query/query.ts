import type { Seller } from '#lib/tables/sellers.ts';

export const sellerFilters = ['all', 'new', 'flagged', 'not_flagged'] as const;
/** `new`: first seen by the newest run that this browser knows. */
export type SellerFilter = (typeof sellerFilters)[number];

export interface Sort {
  readonly column: string;
  readonly order: 'asc' | 'desc';
}

/**
 * Which rows, in which order. Ties are broken by normalized name, then by row number, both ascending.
 * Text is ordered by the UTF-16 code units of the normalized name (like Postgres' "C" for all but
 * astral characters), so the same list has the same order on every computer. Empty values come last
 * in both orders.
 */
export interface Query {
  readonly search: string;
  readonly filter: SellerFilter;
  readonly sort: readonly Sort[];
}

export const newestFirst: readonly Sort[] = [{ column: 'no', order: 'desc' }];

/** What the engine keeps of a seller, and a window shows. */
export type SellerFields = Pick<
  Seller,
  | 'id'
  | 'no'
  | 'version'
  | 'display_name'
  | 'normalized_name'
  | 'flagged'
  | 'source'
  | 'times_seen'
  | 'feedback_percent'
  | 'feedback_count'
  | 'item_count'
  | 'first_seen_run_id'
  | 'created_at'
  | 'updated_at'
  | 'deleted_at'
>;

/** What flagging, deleting and restoring change. */
export type RowMarks = Pick<SellerFields, 'flagged' | 'deleted_at' | 'updated_at'>;

export interface SellerRow extends SellerFields {
  /** Whether a change of this row is unsent (`waiting`) or refused (`error`). */
  readonly sync: 'synced' | 'waiting' | 'error';
  /** Epoch milliseconds at which a run in progress brought it, else null; forgotten after a few seconds. */
  readonly arrived_at: number | null;
}

/** Rows per filter under the view's search text. */
export type Counts = Readonly<Record<SellerFilter, number>>;

export interface ViewState {
  /** Grows with every change of what a window may show. */
  readonly revision: number;
  /** Rows that match search and filter. */
  readonly total: number;
  readonly counts: Counts;
  /** Rows of the table, whatever the query. */
  readonly rows: number;
  /** `loading`: more rows are being read from disk. `receiving`: the first sync is not complete. */
  readonly phase: 'loading' | 'receiving' | 'ready';
}

/** Rows as a page last had them, `handles[0]` at position `from`. */
export interface Anchor {
  readonly from: number;
  readonly handles: readonly number[];
}

export interface Window {
  /** The state that these rows belong to. */
  readonly state: ViewState;
  readonly from: number;
  readonly rows: readonly SellerRow[];
  /** By how many positions the rows of the anchor have moved on: most of them, because single ones go their own way. */
  readonly moved: number;
}

/** What can be done to many rows at once. */
export type MarkChange = { readonly op: 'flag'; readonly flagged: boolean } | { readonly op: 'delete' | 'restore' };

/** Rows of a view, by handle: some, or all that match but a few. */
export type ChosenRows =
  | { readonly kind: 'some'; readonly handles: Float64Array }
  | { readonly kind: 'all'; readonly except: Float64Array };

/** Rows as commands name them; ids as 16 bytes each, because 50,000 objects take a page 40 ms to receive. */
export interface PackedTargets {
  readonly nos: Float64Array;
  readonly ids: Uint8Array;
}
