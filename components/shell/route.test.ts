import { describe, expect, test } from 'vitest';
import { parseRoute, routeHash } from './route.ts';

describe('route', () => {
  test('reads page and parameters', () => {
    const route = parseRoute('#/runs?collect=1&q=a%26b');
    expect(route.page).toBe('runs');
    expect(Object.fromEntries(route.params)).toEqual({ collect: '1', q: 'a&b' });
  });

  test.each(['', '#', '#/', '#/nowhere', '#javascript:alert(1)', '#/__proto__'])(
    '%j is the list of sellers',
    (hash) => {
      expect(parseRoute(hash).page).toBe('sellers');
    },
  );

  test('what it writes, it reads', () => {
    const route = parseRoute(routeHash('sellers', { q: 'a=b&c?d#e', sort: 'name' }));
    expect(route.page).toBe('sellers');
    expect(Object.fromEntries(route.params)).toEqual({ q: 'a=b&c?d#e', sort: 'name' });
  });
});
