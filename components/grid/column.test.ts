import { expect, it } from 'vitest';
import { nextSort } from './column.ts';

const name = { id: 'name', firstOrder: 'asc' } as const;
const seen = { id: 'seen', firstOrder: 'desc' } as const;
const up = (column: string) => ({ column, order: 'asc' }) as const;
const down = (column: string) => ({ column, order: 'desc' }) as const;

it('a click sorts by the column alone, the next turns it', () => {
  expect(nextSort(seen, [up('name'), up('other')], false)).toEqual([down('seen')]);
  expect(nextSort(seen, [down('seen')], false)).toEqual([up('seen')]);
});

it('with Shift it becomes a further key, is turned, and leaves', () => {
  expect(nextSort(seen, [up('name')], true)).toEqual([up('name'), down('seen')]);
  expect(nextSort(seen, [up('name'), down('seen')], true)).toEqual([up('name'), up('seen')]);
  expect(nextSort(seen, [up('name'), up('seen')], true)).toEqual([up('name')]);
  expect(nextSort(name, [down('name')], true)).toEqual([up('name')]);
});
