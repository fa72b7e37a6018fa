import { describe, expect, it } from 'vitest';
import { AppError } from '#lib/shared/app-error.ts';
import { isPaid, judgeFailure, MAX_RETRIES } from './failure.ts';

describe('what to do after a failed call', () => {
  it('repeats three times, waiting twice as long each time, then gives up', () => {
    const error = new AppError('http_error');
    const waits = [1, 2, 3].map((failures) => judgeFailure(error, { failures, throttles: 0 }, 1000));
    expect(waits).toEqual([1000, 2000, 4000].map((ms) => ({ do: 'wait', ms, reason: 'retrying' })));
    expect(judgeFailure(error, { failures: MAX_RETRIES + 1, throttles: 0 }, 1000)).toEqual({ do: 'give_up' });
  });

  it('waits as told when asked to slow down, and ever longer when told to come at once', () => {
    const error = new AppError('rate_limited', { details: { retry_after_ms: 7000 } });
    expect(judgeFailure(error, { failures: 3, throttles: 1 }, 1000)).toEqual({
      do: 'wait',
      ms: 7000,
      reason: 'waiting',
    });
    const now = new AppError('rate_limited', { details: { retry_after_ms: 0 } });
    const waits = [1, 2, 6, 500].map((throttles) => judgeFailure(now, { failures: 0, throttles }, 1000));
    expect(waits).toEqual([250, 500, 8000, 8000].map((ms) => ({ do: 'wait', ms, reason: 'waiting' })));
  });

  it('pauses when no repeat can help', () => {
    for (const code of ['auth', 'quota'] as const) {
      expect(judgeFailure(new AppError(code), { failures: 1, throttles: 0 }, 1000)).toEqual({
        do: 'pause',
        reason: code,
      });
    }
  });

  it('counts what was delivered, or may have been, as paid', () => {
    expect(
      (['blocked', 'parse_error', 'timeout', 'internal'] as const).every((code) => isPaid(new AppError(code))),
    ).toBe(true);
    expect((['rate_limited', 'http_error', 'auth', 'quota'] as const).some((code) => isPaid(new AppError(code)))).toBe(
      false,
    );
  });
});
