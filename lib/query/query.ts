import type { Seller } from '#lib/tables/sellers.ts';

export interface Sort {
  readonly column: string;
  readonly order: 'asc' | 'desc';
}

/** Columns of text codes: a value of a small set, or the id of a run. */
export type CodeField = 'source' | 'platform' | 'first_seen_run_id' | 'last_seen_run_id';
/** Numbers and times (epoch milliseconds). */
export type NumberField =
  | 'no'
  | 'times_seen'
  | 'feedback_percent'
  | 'feedback_count'
  | 'item_count'
  | 'created_at'
  | 'updated_at';

/** In the place of a run's id: the newest run that this browser knows. */
export const NEWEST_RUN = 'newest';

/** What a row must be; `refused`: has a change that the server refused. Every text is compared by normalized name. */
export type Condition =
  | { readonly column: 'flagged' | 'has_note' | 'refused'; readonly is: boolean }
  | { readonly column: CodeField; readonly in: readonly (string | null)[] }
  /** Ends included; an empty value is in no range. */
  | { readonly column: NumberField; readonly from?: number; readonly to?: number }
  | { readonly column: NumberField; readonly empty: boolean }
  | {
      readonly column: 'display_name';
      /** `words`: all of them, wherever they are. */
      readonly match: 'contains' | 'prefix' | 'words' | 'exact';
      readonly text: string;
    }
  | {
      readonly column: 'platform_id';
      readonly match: 'contains' | 'prefix' | 'exact';
      readonly text: string;
    }
  | { readonly column: 'platform_id'; readonly empty: boolean };

/**
 * Which rows, in which order: those whose name contains the search text and that meet every condition. Ties are
 * broken by normalized name, then by row number, both ascending. Text is ordered by the code points of the
 * normalized name, as Postgres' "C" has it, so the same list has the same order on every computer and no release
 * of a browser changes it. Empty values come last in both orders.
 */
export interface Query {
  readonly search: string;
  readonly where: readonly Condition[];
  readonly sort: readonly Sort[];
}

/** Conditions to count rows for, each in the place of a query's own. */
export type Alternatives = readonly (readonly Condition[])[];

export const newestFirst: readonly Sort[] = [{ column: 'no', order: 'desc' }];

/** What the engine keeps of a seller, and a window shows. */
export interface SellerFields extends Pick<
  Seller,
  | 'id'
  | 'no'
  | 'version'
  | 'platform'
  | 'display_name'
  | 'normalized_name'
  | 'flagged'
  | 'source'
  | 'times_seen'
  | 'feedback_percent'
  | 'feedback_count'
  | 'item_count'
  | 'first_seen_run_id'
  | 'last_seen_run_id'
  | 'created_at'
  | 'updated_at'
  | 'deleted_at'
> {
  /** Notes themselves can be long: they stay in the store. */
  readonly has_note: boolean;
}

/** What flagging, deleting and restoring change. */
export type RowMarks = Pick<SellerFields, 'flagged' | 'deleted_at' | 'updated_at'>;

export interface SellerRow extends SellerFields {
  /** Whether a change of this row is unsent (`waiting`), refused (`error`), or one that met another of a colleague (`conflict`). */
  readonly sync: 'synced' | 'waiting' | 'error' | 'conflict';
  /** Epoch milliseconds at which a run in progress brought it, else null; forgotten after a few seconds. */
  readonly arrived_at: number | null;
}

export interface ViewState {
  /** Grows with every change of what a window may show. */
  readonly revision: number;
  /** Rows that match. */
  readonly total: number;
  /** Rows for each of the alternatives that the view was opened with; none before they are counted, which comes after the rows. */
  readonly counts: readonly number[];
  /** Rows of the table, whatever the query. */
  readonly rows: number;
  /** `loading`: more rows are being read from disk. `receiving`: the first sync is not complete. */
  readonly phase: 'loading' | 'receiving' | 'ready';
}

/** How many of the matching rows have each value. */
export interface Facets {
  readonly total: number;
  readonly flagged: number;
  readonly has_note: number;
  /** By value, the most frequent first. */
  readonly codes: Readonly<Record<CodeField, readonly (readonly [value: string | null, rows: number])[]>>;
  /** Least and greatest value, and how many are empty. */
  readonly numbers: Readonly<
    Record<NumberField, { readonly least: number | null; readonly greatest: number | null; readonly empty: number }>
  >;
}

/** The whole list in figures. */
export interface Overview {
  readonly total: number;
  readonly flagged: number;
  /** Rows that were there at each of the moments asked for, by when they came in; of those that are there now. */
  readonly grown: readonly number[];
  /** By `feedbackBands`. */
  readonly feedback: readonly number[];
  /** Rows that each run found first. */
  readonly byRun: readonly (readonly [run: string, rows: number])[];
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

/** Rows by handle: some, whether they match or not, or all that match but a few. */
export type ChosenRows =
  | { readonly kind: 'some'; readonly handles: Float64Array }
  | { readonly kind: 'all'; readonly except: Float64Array };

/** A piece of an export: its text, which the browser keeps out of the page's memory, and which rows it says. */
export interface ExportPart {
  readonly text: Blob;
  readonly nos: Float64Array;
}

/** Rows as commands name them; ids as 16 bytes each, because 50,000 objects take a page 40 ms to receive. */
export interface PackedTargets {
  readonly nos: Float64Array;
  readonly ids: Uint8Array;
}
