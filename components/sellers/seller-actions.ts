import { createContext, useContext } from 'react';
import type { SellerRow } from '#lib/query/query.ts';
import type { EditedField } from './edited-field.ts';

/** What commands need to know of one seller. */
export type ActedSeller = Pick<SellerRow, 'id' | 'no' | 'display_name' | 'flagged'>;

/** What a row can ask for. In a context, so that the columns stay the same while a name is edited. */
export interface SellerActions {
  readonly edited: EditedField | null;
  startEdit(field: EditedField): void;
  /** Does nothing when another field is edited by then. */
  endEdit(field: EditedField): void;
  /** Resolves when saved; rejects with what went wrong, in words. */
  rename(row: ActedSeller, name: string): Promise<void>;
  setNote(row: ActedSeller, from: string | null, to: string | null): Promise<void>;
  setFlag(row: ActedSeller, flagged: boolean): void;
  /** `neverAgain`: runs pass it over from then on. */
  remove(row: ActedSeller, neverAgain: boolean): void;
  /** Shows all that is known of it. */
  open(row: ActedSeller): void;
  /** Shows what the server refused. */
  review(): void;
}

export const SellerActionsContext = createContext<SellerActions | null>(null);

export function useSellerActions(): SellerActions {
  const actions = useContext(SellerActionsContext);
  if (actions === null) throw new TypeError('SellerActionsContext is missing');
  return actions;
}
