import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayIn, nextDayIn } from './provider-day.ts';

const pacific = 'America/Los_Angeles';

describe('days of a provider', () => {
  it.each([
    ['2026-11-21T07:59:59.999Z', '2026-11-20', '2026-11-21T08:00:00.000Z'],
    ['2026-11-21T08:00:00.000Z', '2026-11-21', '2026-11-22T08:00:00.000Z'],
    ['2026-07-01T06:59:00.000Z', '2026-06-30', '2026-07-01T07:00:00.000Z'],
    // 25 hours long, and 23.
    ['2026-11-01T07:30:00.000Z', '2026-11-01', '2026-11-02T08:00:00.000Z'],
    ['2026-03-08T08:30:00.000Z', '2026-03-08', '2026-03-09T07:00:00.000Z'],
  ])('%s is on %s there, and the next begins at %s', (now, day, next) => {
    expect(dayIn(pacific, Date.parse(now))).toBe(day);
    expect(new Date(nextDayIn(pacific, Date.parse(now))).toISOString()).toBe(next);
  });

  it('the next day is always the first moment of another', () => {
    const times = fc.date({
      min: new Date('2020-01-01T00:00:00Z'),
      max: new Date('2040-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(times, (time) => {
        const now = time.getTime();
        const next = nextDayIn(pacific, now);
        expect(next).toBeGreaterThan(now);
        expect(dayIn(pacific, next)).not.toBe(dayIn(pacific, now));
        expect(dayIn(pacific, next - 1)).toBe(dayIn(pacific, now));
      }),
    );
  });
});
