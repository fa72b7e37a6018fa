import { describe, expect, it } from 'vitest';
import { AppError } from '#lib/shared/app-error.ts';
import { checkTimes, nextTime } from './next-time.ts';

const times = (cron: string, zone: string, from: string, count: number): (string | null)[] => {
  const found: (string | null)[] = [];
  for (let at: number | null = Date.parse(from); found.length < count && at !== null;) {
    at = nextTime(cron, zone, at);
    found.push(at === null ? null : new Date(at).toISOString());
  }
  return found;
};

describe('the next time of a cron expression', () => {
  it('is read by the clock of its zone, months of any length included', () => {
    expect(times('0 3 1 * *', 'UTC', '2026-01-20T14:30:00Z', 2)).toEqual([
      '2026-02-01T03:00:00.000Z',
      '2026-03-01T03:00:00.000Z',
    ]);
    expect(times('0 3 1 * *', 'Asia/Kolkata', '2026-01-20T14:30:00Z', 1)).toEqual(['2026-01-31T21:30:00.000Z']);
    expect(times('0 0 31 * *', 'UTC', '2026-01-31T00:00:00Z', 2)).toEqual([
      '2026-03-31T00:00:00.000Z',
      '2026-05-31T00:00:00.000Z',
    ]);
  });

  it('is after the time asked for, which may be such a time itself', () => {
    expect(times('*/15 * * * *', 'UTC', '2026-01-20T14:30:00.000Z', 1)).toEqual(['2026-01-20T14:45:00.000Z']);
    expect(times('*/15 * * * *', 'UTC', '2026-01-20T14:29:59.999Z', 1)).toEqual(['2026-01-20T14:30:00.000Z']);
  });

  it('is the end of the leap when the clock leaps over it in spring, once', () => {
    expect(times('30 2 * * *', 'Europe/Berlin', '2026-03-28T00:00:00Z', 3)).toEqual([
      '2026-03-28T01:30:00.000Z',
      '2026-03-29T01:00:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ]);
    expect(times('30 2 * * *', 'America/New_York', '2026-03-08T00:00:00Z', 2)).toEqual([
      '2026-03-08T07:00:00.000Z',
      '2026-03-09T06:30:00.000Z',
    ]);
  });

  it('comes once in the night when its hour comes twice, and twice when every hour is named', () => {
    expect(times('30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z', 2)).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ]);
    expect(times('0 * * * *', 'Europe/Berlin', '2026-10-24T23:30:00Z', 3)).toEqual([
      '2026-10-25T00:00:00.000Z',
      '2026-10-25T01:00:00.000Z',
      '2026-10-25T02:00:00.000Z',
    ]);
  });

  it('waits for a leap year', () => {
    expect(times('0 3 29 2 *', 'Europe/Berlin', '2026-01-01T00:00:00Z', 2)).toEqual([
      '2028-02-29T02:00:00.000Z',
      '2032-02-29T02:00:00.000Z',
    ]);
  });
});

describe('a cron expression and a zone that a person gives', () => {
  const problemOf = (cron: string, zone = 'UTC'): unknown => {
    try {
      checkTimes(cron, zone, Date.parse('2026-01-20T14:30:00Z'));
    } catch (error) {
      if (error instanceof AppError && error.code === 'invalid_request') return error.details['problems'];
      throw error;
    }
    return null;
  };

  it.each(['0 3 1 * *', '*/15 8-18 * * MON-FRI', '0 0 29 2 *', ' 0  3 * * 0 '])('takes %s', (cron) => {
    expect(problemOf(cron)).toBeNull();
  });

  it.each([
    ['0 3 1 *', /Five fields/],
    ['0 0 3 1 * *', /Five fields/],
    ['@daily', /Five fields/],
    ['2026-05-05T00:00:00', /Five fields/],
    ['61 * * * *', /Invalid value for minute: 61/],
    ['a b c d e', /illegal characters/],
    ['*/0 * * * *', /stepping/],
    ['0 3 30 2 *', /no time at all/],
  ])('refuses %s in words', (cron, words) => {
    expect(problemOf(cron)).toMatchObject([{ path: 'cron', message: expect.stringMatching(words) }]);
  });

  it.each(['Nowhere/City', '+02:00', ' ', 'Europe/Berlin; drop'])('refuses the zone %s', (zone) => {
    expect(problemOf('0 3 1 * *', zone)).toMatchObject([{ path: 'time_zone', message: expect.stringContaining(zone) }]);
  });
});
