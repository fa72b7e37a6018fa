import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sellerFilters } from './seller-filters.ts';
import { everySeller, paramsFromQuery, queryFromParams, readParams } from './seller-query.ts';

describe('the address of a list', () => {
  it('restores what it says', () => {
    const query = fc.record({
      search: fc.string(),
      where: fc.subarray(sellerFilters.map(({ where }) => where)),
      sort: fc.array(
        fc.record({
          column: fc.constantFrom('display_name', 'times_seen', 'no'),
          order: fc.constantFrom('asc' as const, 'desc' as const),
        }),
        { minLength: 1, maxLength: 3 },
      ),
    });
    fc.assert(
      fc.property(query, (wanted) => {
        const address = new URLSearchParams(paramsFromQuery(wanted)).toString();
        expect(queryFromParams(new URLSearchParams(address))).toEqual(wanted);
      }),
    );
  });

  it.each(['', 'sort=no_such:asc', 'sort=display_name:up', 'filter=constructor', 'sort=__proto__'])(
    '%j is every seller',
    (address) => {
      expect(queryFromParams(new URLSearchParams(address))).toEqual(everySeller);
      expect(readParams(new URLSearchParams(address)).wrong).toHaveLength(address === '' ? 0 : 1);
      expect(paramsFromQuery(everySeller)).toEqual({});
    },
  );
});
