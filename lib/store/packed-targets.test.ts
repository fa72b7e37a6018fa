import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packTargets, unpackTargets } from './packed-targets.ts';
import { writeUuid } from './uuid-bytes.ts';

it('targets that were packed are the same again', () => {
  const targets = fc.array(fc.record({ id: fc.uuid(), no: fc.maxSafeInteger() }), { minLength: 1, maxLength: 1500 });
  fc.assert(
    fc.property(targets, (some) => {
      const ids = new Uint8Array(some.length * 16);
      some.forEach(({ id }, at) => writeUuid(id, ids, at * 16));
      const packed = packTargets(
        Float64Array.from(some, ({ no }) => no),
        ids,
      );
      expect(unpackTargets(packed)).toEqual(some);
    }),
  );
});

it.each([
  ['none', { nos: '', ids: '' }],
  ['more handles than ids', { nos: '1,2', ids: btoa('x'.repeat(16)) }],
  ['more ids than handles', { nos: '1', ids: btoa('x'.repeat(32)) }],
  ['half an id', { nos: '1', ids: btoa('x'.repeat(8)) }],
  ['no base64', { nos: '1', ids: '*' }],
  ['no handle', { nos: 'one', ids: btoa('x'.repeat(16)) }],
  ['a handle left out', { nos: '1,,2', ids: btoa('x'.repeat(48)) }],
  ['half a handle', { nos: '1.5', ids: btoa('x'.repeat(16)) }],
])('%s: refused', (_, packed) => {
  expect(() => unpackTargets(packed)).toThrow(expect.objectContaining({ code: 'invalid_data' }));
});
