import { expect, test } from 'vitest';
import { preferredSource } from './preferred-source.ts';

test('a choice begins with the source that the server offers first', () => {
  expect(
    preferredSource([
      { id: 'catalogue', default: false },
      { id: 'oxylabs', default: true },
    ]),
  ).toBe('oxylabs');
  expect(preferredSource([{ id: 'catalogue', default: false }])).toBeNull();
});
