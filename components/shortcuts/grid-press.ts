import { latinKey } from './match-key.ts';
import type { KeyPress } from './match-key.ts';
import type { Shortcut } from './shortcuts.ts';
import { shortcuts } from './shortcuts.ts';

const letters: readonly { readonly key: string; readonly gridKey: string }[] = shortcuts.flatMap(
  ({ keys, gridKey }: Shortcut) =>
    gridKey === undefined ? [] : keys.filter((key) => /^[a-z]$/.test(key)).map((key) => ({ key, gridKey })),
);
/** Keys that a grid would take, and that are an action's here. */
const notTheGrids = [' ', 'Escape', 'Enter', 'F2'];

/** A press as a grid understands it: letters as the keys that they stand for. */
export function gridPress(press: KeyPress): KeyPress {
  if (notTheGrids.includes(press.key)) return { ...press, key: '' };
  if (press.ctrlKey || press.metaKey || press.altKey) return press;
  const letter = letters.find(({ key }) => key === latinKey(press));
  // Space with Shift is no key of a grid, so Shift and x is none either.
  if (letter === undefined || (press.shiftKey && letter.gridKey === ' ')) return press;
  return { ...press, key: letter.gridKey };
}
