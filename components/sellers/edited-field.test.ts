import { expect, it } from 'vitest';
import { afterEditing } from './edited-field.ts';

it('ends the edit it is told to end, and no other', () => {
  const note = { no: 1, in: 'note' } as const;
  expect(afterEditing(note, { no: 1, in: 'note' })).toBeNull();
  expect(afterEditing(note, { no: 1, in: 'row' })).toBe(note);
  expect(afterEditing(note, { no: 2, in: 'note' })).toBe(note);
  expect(afterEditing(null, note)).toBeNull();
});
