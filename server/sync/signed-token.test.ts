import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readToken, signToken } from './signed-token.ts';

test('what was signed is read again, and is safe in a URL', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const token = signToken(value, 'secret');
      expect(token).toBe(encodeURIComponent(token));
      expect(JSON.stringify(readToken(token, 'secret'))).toBe(JSON.stringify(value));
    }),
  );
});

test('a changed, cut or lengthened token, or one of another secret, is not', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(), fc.string({ minLength: 1, maxLength: 1 }), (value, at, character) => {
      const token = signToken(value, 'secret');
      const index = at % token.length;
      const changed = token.slice(0, index) + character + token.slice(index + 1);
      if (changed !== token) expect(readToken(changed, 'secret')).toBeUndefined();
      for (const other of [token.slice(0, -1), `${token}A`, `${token}.`, '', '.'])
        expect(readToken(other, 'secret')).toBeUndefined();
      expect(readToken(token, 'another')).toBeUndefined();
    }),
  );
});
