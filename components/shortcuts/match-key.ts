import type { Shortcut, ShortcutId } from './shortcuts.ts';
import { shortcuts } from './shortcuts.ts';

export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** What a press asks for; `begun`: it may be the first of two keys. */
export type Match = ShortcutId | 'begun' | null;

/** A second key that comes later than this begins anew. */
const APART_MS = 1500;

/** Matches presses against the declared keys, one after the other, because some shortcuts are two keys. */
export function createKeyMatcher(isMac: boolean): (press: KeyPress, now: number) => Match {
  let begun: { readonly key: string; readonly at: number } | null = null;
  return (press, now) => {
    // A modifier that is only held down ends nothing.
    if (['Shift', 'Control', 'Alt', 'Meta', 'AltGraph'].includes(press.key)) return null;
    const before = begun !== null && now - begun.at <= APART_MS ? `${begun.key} ` : '';
    begun = null;
    const isWanted = (key: string): boolean =>
      before === ''
        ? matchesKey(press, key, isMac)
        : key.startsWith(before) && matchesKey(press, key.slice(before.length), isMac);
    for (const { id, keys } of shortcuts) if (keys.some(isWanted)) return id;
    if (before !== '') return null;
    const first = firstKeys.find((key) => matchesKey(press, key, isMac));
    if (first === undefined) return null;
    begun = { key: first, at: now };
    return 'begun';
  };
}

const keysOf = ({ keys }: Shortcut): readonly string[] => keys;
const firstKeys: readonly string[] = [
  ...new Set(
    shortcuts
      .flatMap((shortcut) => keysOf(shortcut))
      .flatMap((key) => (/^\S+ \S+$/.test(key) ? (key.split(' ')[0] ?? '') : [])),
  ),
];

/** Whether a press is the key of a declaration, by what the layout makes of it and not by where it lies. */
export function matchesKey(press: KeyPress, declared: string, isMac: boolean): boolean {
  const [, modifiers = '', key = ''] = /^((?:\w+\+)*)(.+)$/s.exec(declared) ?? [];
  const mod = modifiers.includes('mod+');
  if (press.altKey || press.ctrlKey !== (mod && !isMac) || press.metaKey !== (mod && isMac)) return false;
  const typed = latinKey(press);
  // A sign may need Shift or not, as the layout has it; a letter with Shift is something else.
  const isSign = key.length === 1 && !/[a-z ]/.test(key);
  if (!isSign && press.shiftKey !== modifiers.includes('shift+')) return false;
  return typed === key;
}

/** The key; of a letter that is not Latin the one that shortcuts name, which is printed beside it. */
export function latinKey({ key, code }: Pick<KeyPress, 'key' | 'code'>): string {
  if (key.length !== 1) return key;
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  return letter !== undefined && /[^\0-\u024F]/.test(key) ? letter.toLowerCase() : key.toLowerCase();
}
