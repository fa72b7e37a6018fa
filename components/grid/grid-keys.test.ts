import { expect, it } from 'vitest';
import { gridAction } from './grid-keys.ts';

const press = (key: string, held: Partial<Record<'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey', boolean>> = {}) => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});
const move = (to: number, extend = false) => ({ kind: 'move', to, extend });

it.each([
  [press('ArrowDown'), move(11)],
  [press('ArrowUp', { shiftKey: true }), move(9, true)],
  [press('PageDown'), move(30)],
  [press('PageUp'), move(0)],
  [press('Home'), move(0)],
  [press('End'), move(99)],
  [press('End', { ctrlKey: true, shiftKey: true }), move(99, true)],
  [press('a', { metaKey: true }), { kind: 'select_all' }],
  [press(' ', { shiftKey: true }), { kind: 'toggle' }],
  [press('x'), { kind: 'toggle' }],
  [press('Escape'), { kind: 'clear' }],
  [press('f'), null],
  [press('ArrowDown', { altKey: true }), null],
])('%o on row 10 of 100', (key, action) => {
  expect(gridAction(key, 10, 100, 20)).toEqual(action);
});

it('does nothing without rows, and starts at the first row when none is active', () => {
  expect(gridAction(press('ArrowDown'), -1, 0, 20)).toBeNull();
  expect(gridAction(press('ArrowDown'), -1, 5, 20)).toEqual(move(0));
});
