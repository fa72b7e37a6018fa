import { describe, expect, it } from 'vitest';
import { minuteOf } from './minute-of.ts';

describe('the time in a run’s name', () => {
  it('is that of a zone, midnight as hour 00', () => {
    const at = Date.parse('2026-01-19T23:00:59.999Z');
    expect(minuteOf(at, 'Europe/Berlin')).toBe('2026-01-20 00:00');
    expect(minuteOf(at, 'America/New_York')).toBe('2026-01-19 18:00');
  });

  it('is the server’s own without one', () => {
    const at = new Date(2026, 0, 20, 14, 30, 5);
    expect(minuteOf(at.getTime())).toBe('2026-01-20 14:30');
  });
});
