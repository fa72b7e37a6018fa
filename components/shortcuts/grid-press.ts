import { latinKey } from './match-key.ts';
import type { KeyPress } from './match-key.ts';
import type { Shortcut } from './shortcuts.ts';
import { shortcuts } from './shortcuts.ts';

const letters: readonly { readonly key: string; readonly gridKey: string }[] = shortcuts.flatMap(
  ({ keys, gridKey }: Shortcut) =>
    gridKey === undefined ? [] : keys.filter((key) => /^[a-z]$/.test(key)).map((key) => ({ key, gridKey })),
);
/** A press as a grid understands it: letters as the keys that they stand for. */
export function gridPress(press: KeyPress): KeyPress {
  if (press.ctrlKey || press.metaKey || press.altKey) return press;
  const letter = letters.find(({ key }) => key === latinKey(press));
  // Shift goes on from a row to others; it chooses no row by itself.
  if (letter === undefined || (press.shiftKey && letter.gridKey === 'Select')) return press;
  return { ...press, key: letter.gridKey };
}
