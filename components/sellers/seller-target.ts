import type { Selection } from '#components/grid/selection.ts';
import { isSelected, selectedCount } from '#components/grid/selection.ts';
import type { ActedSeller } from './seller-actions.ts';

/** What a key, the palette or the menu acts on. */
export interface SellerTarget {
  /** The only one; null: the selected ones. */
  readonly seller: ActedSeller | null;
  readonly count: number;
  /** Of several the one that is in focus or comes first, if it is known: it decides between Flag and Unflag. */
  readonly lead: ActedSeller | null;
}

interface Parts {
  /** The seller in focus. */
  readonly focused: ActedSeller | null;
  readonly selection: Selection;
  readonly total: number;
  /** Rows that are known at the moment. */
  readonly rows: readonly ActedSeller[];
}

/**
 * The selected sellers, when the one in focus is of them or none is in focus; else the one in focus. A row that a
 * person looks at is never left out in favour of others that are perhaps far away.
 */
export function targetOf({ focused, selection, total, rows }: Parts): SellerTarget | null {
  const count = selectedCount(selection, total);
  const isOfMany = focused === null ? count > 0 : count > 1 && isSelected(selection, focused.no);
  if (!isOfMany) return focused === null ? null : { seller: focused, count: 1, lead: focused };
  return { seller: null, count, lead: focused ?? rows.find(({ no }) => isSelected(selection, no)) ?? null };
}
