/**
 * Which rows are selected, by handle: `some` of them, or `all` that match except some. Selecting a
 * million matching rows costs nothing this way.
 */
export type Selection =
  | { readonly kind: 'some'; readonly handles: ReadonlySet<number> }
  | { readonly kind: 'all'; readonly except: ReadonlySet<number> };

export const nothingSelected: Selection = { kind: 'some', handles: new Set() };
export const everythingSelected: Selection = { kind: 'all', except: new Set() };

export function isSelected(selection: Selection, handle: number): boolean {
  return selection.kind === 'some' ? selection.handles.has(handle) : !selection.except.has(handle);
}

/** How many rows, of `total` that match. */
export function selectedCount(selection: Selection, total: number): number {
  return selection.kind === 'some' ? selection.handles.size : Math.max(0, total - selection.except.size);
}

export function withHandles(selection: Selection, handles: readonly number[], selected: boolean): Selection {
  if (selection.kind === 'some') return { kind: 'some', handles: changed(selection.handles, handles, selected) };
  return { kind: 'all', except: changed(selection.except, handles, !selected) };
}

function changed(set: ReadonlySet<number>, handles: readonly number[], present: boolean): Set<number> {
  const next = new Set(set);
  for (const handle of handles) {
    if (present) next.add(handle);
    else next.delete(handle);
  }
  return next;
}
