import { expect, it } from 'vitest';
import { lastChangeOf, setLastChange } from './last-change.ts';

it('keeps the last change for its own workspace', () => {
  const made = { words: 'Flagged 2 sellers', change: { sellers: 2, failure: null, undo: () => Promise.resolve() } };
  setLastChange('one', made);
  expect([lastChangeOf('one'), lastChangeOf('other')]).toEqual([made, null]);
  setLastChange('one', null);
  expect(lastChangeOf('one')).toBeNull();
});
