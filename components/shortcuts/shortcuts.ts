/** Parts of the list of shortcuts and of the palette, in their order. */
export const groups = ['Sellers', 'Select', 'Move', 'General', 'Go to', 'Show'] as const;
export type ActionGroup = (typeof groups)[number];

export interface Shortcut {
  readonly id: string;
  /** As a person reads it in the palette and among the shortcuts. */
  readonly title: string;
  readonly group: ActionGroup;
  /**
   * `KeyboardEvent.key`; `mod+` is Ctrl, on a Mac ⌘; a blank stands between keys pressed one after the other. The
   * first is the one that tooltips name. Without any, the action is found in the palette alone.
   */
  readonly keys: readonly string[];
  /** The key that does the same in any grid (`grid-press.ts`). */
  readonly gridKey?: string;
  /** May be held down. */
  readonly repeats?: boolean;
}

/** Every action that has keys or stands in the palette under a name of its own. Handlers: `actions.ts`. */
export const shortcuts = [
  { id: 'palette', group: 'General', title: 'Find a command', keys: ['mod+k'] },
  { id: 'help', group: 'General', title: 'Keyboard shortcuts', keys: ['?'] },
  { id: 'search', group: 'General', title: 'Search', keys: ['/'] },
  { id: 'undo', group: 'General', title: 'Undo', keys: ['mod+z'] },
  { id: 'close', group: 'General', title: 'Close or clear', keys: ['Escape'] },
  { id: 'sync', group: 'General', title: 'Sync now', keys: [] },
  { id: 'collect', group: 'General', title: 'Collect sellers', keys: [] },

  { id: 'go_overview', group: 'Go to', title: 'Go to Overview', keys: ['g o'] },
  { id: 'go_sellers', group: 'Go to', title: 'Go to Sellers', keys: ['g s'] },
  { id: 'go_runs', group: 'Go to', title: 'Go to Runs', keys: ['g r'] },
  { id: 'go_bookkeeping', group: 'Go to', title: 'Go to Bookkeeping', keys: ['g b'] },
  { id: 'go_data', group: 'Go to', title: 'Go to Data', keys: ['g d'] },
  { id: 'go_settings', group: 'Go to', title: 'Go to Settings', keys: ['g ,'] },

  { id: 'next', group: 'Move', title: 'Next', keys: ['j', 'ArrowDown'], gridKey: 'ArrowDown', repeats: true },
  { id: 'previous', group: 'Move', title: 'Previous', keys: ['k', 'ArrowUp'], gridKey: 'ArrowUp', repeats: true },
  { id: 'page_down', group: 'Move', title: 'A page down', keys: ['PageDown'], gridKey: 'PageDown' },
  { id: 'page_up', group: 'Move', title: 'A page up', keys: ['PageUp'], gridKey: 'PageUp' },
  { id: 'first', group: 'Move', title: 'First', keys: ['Home'], gridKey: 'Home' },
  { id: 'last', group: 'Move', title: 'Last', keys: ['End'], gridKey: 'End' },

  { id: 'select', group: 'Select', title: 'Select or unselect', keys: ['x'], gridKey: 'Select' },
  { id: 'extend', group: 'Select', title: 'Select on from here', keys: ['shift+ArrowDown', 'shift+ArrowUp'] },
  { id: 'select_all', group: 'Select', title: 'Select all that match', keys: ['mod+a'], gridKey: 'a' },
  { id: 'invert', group: 'Select', title: 'Select all others instead', keys: ['mod+i'], gridKey: 'i' },

  { id: 'open', group: 'Sellers', title: 'Open details', keys: ['Enter'] },
  { id: 'flag', group: 'Sellers', title: 'Flag or unflag', keys: ['f', ' '] },
  { id: 'edit', group: 'Sellers', title: 'Edit name', keys: ['e', 'F2'] },
  { id: 'note', group: 'Sellers', title: 'Edit note', keys: ['n'] },
  { id: 'copy', group: 'Sellers', title: 'Copy names', keys: ['mod+c'] },
  { id: 'menu', group: 'Sellers', title: 'Menu of the row', keys: ['shift+F10', 'ContextMenu'] },
  { id: 'delete', group: 'Sellers', title: 'Delete', keys: ['Delete', 'mod+Backspace'] },
  { id: 'delete_never', group: 'Sellers', title: 'Delete and never collect again', keys: [] },
  { id: 'ebay', group: 'Sellers', title: 'Open on eBay', keys: [] },
  { id: 'add', group: 'Sellers', title: 'Add sellers', keys: [] },
  { id: 'export', group: 'Sellers', title: 'Export sellers', keys: [] },
  { id: 'clear_filters', group: 'Show', title: 'Clear search and filters', keys: [] },
  { id: 'review', group: 'Show', title: 'Show what needs attention', keys: [] },
] as const satisfies readonly Shortcut[];

export type ShortcutId = (typeof shortcuts)[number]['id'];

export function shortcutOf(id: ShortcutId): Shortcut {
  const found = shortcuts.find((shortcut) => shortcut.id === id);
  if (found === undefined) throw new RangeError(`no shortcut ${id}`);
  return found;
}
