import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';

/**
 * One piece of a run's work: a category's best sellers (first phase) or one product's search
 * (second phase), each page by page.
 *
 *   pending ──▶ processing ──▶ completed | failed
 *      ▲             │                     │
 *      └─────────────┴─────────────────────┘
 *        back from processing: lease ran out, run paused, worker stopped (failed after 20 claims);
 *        back from failed: the run is resumed after failures of the provider
 */
export type UnitKind = 'category' | 'product';

/** What a phase works through. */
export const unitKindOf = (phase: 'amazon' | 'ebay'): UnitKind => (phase === 'amazon' ? 'category' : 'product');

export interface Unit {
  kind: UnitKind;
  org_id: string;
  run_id: string;
  id: string;
  /** A category's id, or a product's external id. */
  key: string;
  data: Record<string, unknown>;
  next_page: number;
  /** Which claim of the unit this is: it is counted up by each. */
  attempts: number;
}

interface UnitTable {
  readonly table: RawBuilder<unknown>;
  readonly key: RawBuilder<unknown>;
  /** Narrows the table's rows to units. */
  readonly only: RawBuilder<unknown>;
  /**
   * Narrows a table named `unit` to units that are pending or in work, for which there is an index of
   * their own. The planner knows nothing of a run that has just begun, takes it for one row, and would
   * read all of its items to find a unit by its id.
   */
  readonly open: RawBuilder<unknown>;
}

export const unitTables: Readonly<Record<UnitKind, UnitTable>> = {
  category: {
    table: sql.table('collection_run_categories'),
    key: sql.ref('category_id'),
    only: sql`true`,
    open: sql`true`,
  },
  product: {
    table: sql.table('collection_items'),
    key: sql.ref('external_id'),
    only: sql`type = 'amazon_product'`,
    open: sql`unit.type = 'amazon_product' and unit.status in ('pending', 'processing')`,
  },
};

export const unitKinds: readonly UnitKind[] = ['category', 'product'];
