import { expect, test } from 'vitest';
import { preferredSource } from './preferred-source.ts';

const source = (id: string, configured: boolean) => ({ id, configured });

test('the first provider with keys comes before the catalogue', () => {
  const sources = [source('catalogue', true), source('list', true), source('ebay', false), source('oxylabs', true)];
  expect(preferredSource(sources)).toBe('oxylabs');
});

test('without keys it is the catalogue', () => {
  expect(preferredSource([source('catalogue', true), source('list', true), source('ebay', false)])).toBe('catalogue');
});
