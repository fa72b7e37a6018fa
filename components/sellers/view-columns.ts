import { type ViewColumns, viewColumns } from '#lib/protocol/seller-views.ts';

/** Where this browser keeps how the columns of sellers are arranged. */
const KEY = 'sellerdex.columns.sellers';

/** How columns are arranged now; null: as they are at first. */
export function readColumns(): ViewColumns | null {
  const { order, hidden, widths } = stored();
  return viewColumns
    .nullable()
    .catch(null)
    .parse(order === undefined ? null : { order, hidden, widths });
}

/** Arranges the columns; what else is kept of the list stays. */
export function arrangeColumns(columns: ViewColumns): void {
  localStorage.setItem(KEY, JSON.stringify({ ...stored(), ...columns }));
  // Said to other tabs by the browser, to this one by nobody.
  dispatchEvent(new StorageEvent('storage', { key: KEY }));
}

function stored(): Partial<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    // Damaged: the grid begins anew, too.
    return {};
  }
}
