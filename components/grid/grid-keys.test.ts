import { expect, it } from 'vitest';
import { gridAction, HEADER } from './grid-keys.ts';

const press = (key: string, held: Partial<Record<'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey', boolean>> = {}) => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});
const move = (row: number, column = 3, extend = false) => ({ kind: 'move', row, column, extend });
const place = { row: 10, column: 3, rows: 100, columns: 8, pageRows: 20, first: 5 };

it.each([
  [press('ArrowDown'), move(11)],
  [press('ArrowUp', { shiftKey: true }), move(9, 3, true)],
  [press('ArrowLeft'), move(10, 2)],
  [press('ArrowRight'), move(10, 4)],
  [press('PageDown'), move(30)],
  [press('PageUp'), move(0)],
  [press('Home'), move(0)],
  [press('End'), move(99)],
  [press('End', { ctrlKey: true }), move(99, 7)],
  [press('Home', { ctrlKey: true }), move(0, 0)],
  [press('End', { ctrlKey: true, shiftKey: true }), move(99, 3, true)],
  [press('a', { metaKey: true }), { kind: 'select_all' }],
  [press('i', { ctrlKey: true }), { kind: 'invert' }],
  [press(' ', { shiftKey: true }), { kind: 'toggle' }],
  [press(' '), null],
  [press('Select'), { kind: 'toggle' }],
  [press('Escape'), null],
  [press('Enter'), null],
  [press('f'), null],
  [press('ArrowDown', { altKey: true }), null],
  [press('a', { ctrlKey: true, shiftKey: true }), null],
])('%o on row 10 of 100', (key, action) => {
  expect(gridAction(key, place)).toEqual(action);
});

it.each([
  [press('ArrowDown'), move(5)],
  [press('ArrowRight'), move(HEADER, 4)],
  [press('End'), move(99)],
  [press('Enter'), { kind: 'sort', adds: false }],
  [press(' ', { shiftKey: true }), { kind: 'sort', adds: true }],
  [press('ArrowLeft', { altKey: true, shiftKey: true }), { kind: 'move_column', step: -1 }],
  [press('ArrowRight', { shiftKey: true }), { kind: 'resize_column', step: 1 }],
  [press('ArrowLeft', { altKey: true }), null],
  [press('Select'), null],
])('%o on the header', (key, action) => {
  expect(gridAction(key, { ...place, row: HEADER })).toEqual(action);
});

it('goes no further than the edges, and from the first row to the header', () => {
  const corner = { ...place, row: 99, column: 7 };
  expect(gridAction(press('ArrowDown'), corner)).toEqual(move(99, 7));
  expect(gridAction(press('ArrowRight'), corner)).toEqual(move(99, 7));
  expect(gridAction(press('ArrowLeft'), { ...place, column: 0 })).toEqual(move(10, 0));
  expect(gridAction(press('ArrowUp', { shiftKey: true }), { ...place, row: 0 })).toEqual(move(HEADER));
  expect(gridAction(press(' '), { ...place, column: 0 })).toEqual({ kind: 'toggle' });
});

it('stays in the header of a list without rows', () => {
  const empty = { ...place, row: HEADER, rows: 0 };
  expect(gridAction(press('ArrowDown'), empty)).toBeNull();
  expect(gridAction(press('ArrowRight'), empty)).toEqual(move(HEADER, 4));
});
