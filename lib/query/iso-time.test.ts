import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createIsoTime } from './iso-time.ts';

it('is what Date says, whatever came before', () => {
  const isoTime = createIsoTime();
  const time = fc.oneof(fc.integer({ min: -8.64e15, max: 8.64e15 }), fc.integer({ min: 0, max: 200_000_000 }));
  fc.assert(
    fc.property(time, (at) => {
      expect(isoTime(at)).toBe(new Date(at).toISOString());
    }),
    { numRuns: 500 },
  );
});
