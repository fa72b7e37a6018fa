import { expect, it } from 'vitest';
import { gridPress } from './grid-press.ts';
import { ariaKeys, keyParts, withKeys } from './key-words.ts';
import type { KeyPress, Match } from './match-key.ts';
import { createKeyMatcher } from './match-key.ts';
import type { Shortcut } from './shortcuts.ts';
import { shortcuts } from './shortcuts.ts';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
});

function pressAll(presses: readonly KeyPress[], { isMac = false, apart = 100 } = {}): Match[] {
  const match = createKeyMatcher(isMac);
  return presses.map((one, at) => match(one, at * apart));
}

it('names no key twice, and begins no two keys with one that does something alone', () => {
  const keys = shortcuts.flatMap((shortcut: Shortcut) => shortcut.keys);
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  const firsts = keys.filter((key) => key.length > 2 && key.includes(' ')).map((key) => key.split(' ')[0]);
  expect(keys.filter((key) => firsts.includes(key))).toEqual([]);
  expect(new Set(shortcuts.map(({ id }) => id)).size).toBe(shortcuts.length);
});

it('knows keys, keys with Ctrl or ⌘, and two keys one after the other', () => {
  expect(pressAll([press('f'), press(' '), press('Delete'), press('/')])).toEqual(['flag', 'flag', 'delete', 'search']);
  expect(pressAll([press('z', { ctrlKey: true }), press('z', { metaKey: true }), press('z')])).toEqual([
    'undo',
    null,
    null,
  ]);
  expect(pressAll([press('z', { metaKey: true }), press('z', { ctrlKey: true })], { isMac: true })).toEqual([
    'undo',
    null,
  ]);
  expect(pressAll([press('g'), press('s'), press('s')])).toEqual(['begun', 'go_sellers', null]);
  expect(pressAll([press('g'), press('f'), press('f')])).toEqual(['begun', null, 'flag']);
  expect(pressAll([press('g'), press('s')], { apart: 2000 })).toEqual(['begun', null]);
});

it('takes modifiers by the word', () => {
  const held = [{ shiftKey: true }, { ctrlKey: true }, { altKey: true }, { metaKey: true }];
  expect(held.map((modifier) => pressAll([press('f', modifier)])[0])).toEqual([null, null, null, null]);
  expect(pressAll([press('g'), press('Shift', { shiftKey: true }), press('s')]).at(-1)).toBe('go_sellers');
  expect(pressAll([press('F10', { shiftKey: true }), press('F10')])).toEqual(['menu', null]);
});

it('goes by what the layout makes of a key, and by the Latin letter on keys of another script', () => {
  // `/` is Shift 7 in Germany, `?` is Shift , in France.
  expect(pressAll([press('/', { shiftKey: true, code: 'Digit7' }), press('?', { shiftKey: true })])).toEqual([
    'search',
    'help',
  ]);
  // Caps Lock, and a Dvorak keyboard, where the key with U printed on it is f.
  expect(pressAll([press('F'), press('f', { code: 'KeyY' })])).toEqual(['flag', 'flag']);
  expect(pressAll([press('а', { code: 'KeyF' }), press('я', { code: 'KeyZ', ctrlKey: true })])).toEqual([
    'flag',
    'undo',
  ]);
});

it('hands a grid the keys that its letters stand for', () => {
  expect(['j', 'k', 'x', 'f', 'Home'].map((key) => gridPress(press(key)).key)).toEqual([
    'ArrowDown',
    'ArrowUp',
    'Select',
    'f',
    'Home',
  ]);
  expect(gridPress(press('J', { shiftKey: true }))).toMatchObject({ key: 'ArrowDown', shiftKey: true });
  expect(gridPress(press('X', { shiftKey: true })).key).toBe('X');
  expect(gridPress(press('a', { ctrlKey: true })).key).toBe('a');
  expect(gridPress(press('x', { ctrlKey: true })).key).toBe('x');
});

it('says keys to people and to assistive technology', () => {
  expect(keyParts('mod+z', false)).toEqual(['Ctrl', 'Z']);
  expect(keyParts('mod+z', true)).toEqual(['⌘', 'Z']);
  expect(keyParts('g s', false)).toEqual(['G', 'then', 'S']);
  expect(keyParts(' ', false)).toEqual(['Space']);
  expect(withKeys('Delete', 'delete')).toBe('Delete (Del)');
  expect(withKeys('Sync', 'sync')).toBe('Sync');
  expect(ariaKeys('undo', false)).toBe('Control+Z');
  expect(ariaKeys('flag', false)).toBe('F Space');
  expect(ariaKeys('go_runs', false)).toBe('');
});
