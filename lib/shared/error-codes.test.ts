import { expect, it } from 'vitest';
import { isPassing } from './error-codes.ts';

it.each([
  'unreachable',
  'timeout',
  'internal',
  'unavailable',
  'too_many_requests',
  'rate_limited',
  'worker_gone',
  'unexpected',
])('%s passes by itself', (code) => {
  expect(isPassing(code)).toBe(true);
});

it.each(['unauthorized', 'invalid_answer', 'protocol_newer', 'storage_full', 'toString', 'unheard_of'])(
  '%s does not pass by itself',
  (code) => {
    expect(isPassing(code)).toBe(false);
  },
);
