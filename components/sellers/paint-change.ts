import { needsChange } from '#lib/query/assumed-changes.ts';
import type { ChosenRows, MarkChange, SellerRow } from '#lib/query/query.ts';

/** The same rows, with a change shown on those that it is for. */
export type PaintRows = (rows: readonly SellerRow[]) => readonly SellerRow[];

/**
 * Shows a change on the rows at hand, while the query worker still works it out for all of them: for
 * 50,000 of 100,000 sellers that takes several frames. A deleted row stays, with its time of deletion,
 * until the worker knows which rows come in its place.
 */
export function paintChange(chosen: ChosenRows, change: MarkChange): PaintRows {
  const named = chosen.kind === 'some' ? chosen.handles : chosen.except;
  return (rows) => {
    // Of the rows, not of a million handles: to make a set of those takes 100 ms.
    const here = new Set(rows.map(({ no }) => no));
    const namedHere = new Set(named.filter((no) => here.has(no)));
    const isChosen = (no: number): boolean => namedHere.has(no) === (chosen.kind === 'some');
    return rows.map((row) =>
      isChosen(row.no) && needsChange(change, row.deleted_at === null, row.flagged) ? changed(row, change) : row,
    );
  };
}

function changed(row: SellerRow, change: MarkChange): SellerRow {
  if (change.op === 'flag') return { ...row, flagged: change.flagged };
  return { ...row, deleted_at: change.op === 'delete' ? row.updated_at : null };
}
