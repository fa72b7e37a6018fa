export type GridAction =
  | { readonly kind: 'move'; readonly to: number; readonly extend: boolean }
  | { readonly kind: 'toggle' | 'select_all' | 'clear' };

interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** What a key does in a grid whose row `active` of `count` has the focus; null when it is not the grid's. */
export function gridAction(press: KeyPress, active: number, count: number, pageRows: number): GridAction | null {
  const { key, shiftKey, altKey } = press;
  const command = press.ctrlKey || press.metaKey;
  if (altKey || count === 0) return null;
  if (command) return key.toLowerCase() === 'a' ? { kind: 'select_all' } : jumpWithCommand(key, shiftKey, count);
  if (key === ' ' || (key === 'x' && !shiftKey)) return { kind: 'toggle' };
  if (key === 'Escape') return { kind: 'clear' };
  const to = destination(key, active, count, pageRows);
  return to === null ? null : { kind: 'move', to: Math.min(Math.max(0, to), count - 1), extend: shiftKey };
}

function destination(key: string, active: number, count: number, pageRows: number): number | null {
  if (key === 'ArrowDown') return active + 1;
  if (key === 'ArrowUp') return active - 1;
  if (key === 'PageDown') return active + pageRows;
  if (key === 'PageUp') return active - pageRows;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return null;
}

function jumpWithCommand(key: string, extend: boolean, count: number): GridAction | null {
  if (key === 'Home') return { kind: 'move', to: 0, extend };
  return key === 'End' ? { kind: 'move', to: count - 1, extend } : null;
}
