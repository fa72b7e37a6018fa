import type { ShortcutId } from './shortcuts.ts';
import { shortcutOf } from './shortcuts.ts';

export const isMac: boolean = /^(?:Mac|iP)/.test(globalThis.navigator?.platform ?? '');

const names: Readonly<Record<string, string>> = {
  ' ': 'Space',
  ArrowDown: '↓',
  ArrowUp: '↑',
  ContextMenu: 'Menu',
  Delete: 'Del',
  Escape: 'Esc',
  PageDown: 'PgDn',
  PageUp: 'PgUp',
};

/** `mod+z` → Ctrl, Z; `g s` → G, then, S. */
export function keyParts(declared: string, mac = isMac): string[] {
  if (declared === ' ') return ['Space'];
  return declared.split(' ').flatMap((press, at) => [...(at > 0 ? ['then'] : []), ...partsOf(press, mac)]);
}

function partsOf(press: string, mac: boolean): string[] {
  const parts = press.split('+');
  return parts.map((part) => {
    if (part === 'mod') return mac ? '⌘' : 'Ctrl';
    if (part === 'shift') return mac ? '⇧' : 'Shift';
    return names[part] ?? (part.length === 1 ? part.toUpperCase() : part);
  });
}

/** A tooltip with the first of the action's keys: “Undo (Ctrl Z)”. */
export function withKeys(words: string, id: ShortcutId): string {
  const [first] = shortcutOf(id).keys;
  return first === undefined ? words : `${words} (${keyParts(first).join(' ')})`;
}

/** For `aria-keyshortcuts`, which knows no keys one after the other. */
export function ariaKeys(id: ShortcutId, mac = isMac): string {
  return shortcutOf(id)
    .keys.filter((key) => key === ' ' || !key.includes(' '))
    .map((key) =>
      key === ' '
        ? 'Space'
        : key
            .replace('mod+', mac ? 'Meta+' : 'Control+')
            .replace('shift+', 'Shift+')
            .replace(/(?<=^|\+)[a-z]$/, (letter) => letter.toUpperCase()),
    )
    .join(' ');
}
