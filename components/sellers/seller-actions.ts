import { createContext, useContext } from 'react';
import type { SellerRow } from '#lib/query/query.ts';

/** What a row can ask for. In a context, so that the columns stay the same while a name is edited. */
export interface SellerActions {
  /** Handle of the row whose name is being edited, or null. */
  readonly editing: number | null;
  startEdit(row: SellerRow): void;
  endEdit(): void;
  /** Resolves when saved; rejects with what went wrong, in words. */
  rename(row: SellerRow, name: string): Promise<void>;
  setFlag(row: SellerRow, flagged: boolean): void;
  /** Shows what the server refused. */
  review(): void;
}

export const SellerActionsContext = createContext<SellerActions | null>(null);

export function useSellerActions(): SellerActions {
  const actions = useContext(SellerActionsContext);
  if (actions === null) throw new TypeError('SellerActionsContext is missing');
  return actions;
}
