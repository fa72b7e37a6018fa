import { expect, it } from 'vitest';
import { AppError } from '#lib/shared/app-error.ts';
import { isUnwritable } from './is-unwritable.ts';

const coded = (code: string): Error => Object.assign(new Error('from the database'), { code });

it('tells what cannot be written from a database that is away', () => {
  for (const code of ['22003', '22021', '23505', '23514', '42601', '54000'])
    expect(isUnwritable(coded(code))).toBe(true);
  expect(isUnwritable(new TypeError('Do not know how to serialize a BigInt'))).toBe(true);
  const passing = [
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
    '08006',
    '57P01',
    '57P03',
    '53300',
    '53100',
    '25006',
    '40001',
  ];
  for (const code of passing) expect(isUnwritable(coded(code))).toBe(false);
  expect(isUnwritable(new Error('Connection terminated unexpectedly'))).toBe(false);
  expect(isUnwritable(new AppError('unavailable'))).toBe(false);
});
