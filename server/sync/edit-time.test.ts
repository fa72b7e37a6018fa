import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editTime } from './edit-time.ts';

const time = fc.integer({ min: 0, max: 4_000_000_000_000 });

test('an edit is as old as the client says, whatever its clock shows', () => {
  const now = 1_800_000_000_000;
  for (const skew of [-1e10, 0, 1e10]) {
    expect(editTime({ sentAt: now + skew, editedAt: now + skew - 5000, seenAt: null }, now)).toBe(now - 5000);
  }
});

test('never after now, never before what was seen, and a whole time at least 0', () => {
  fc.assert(
    fc.property(time, time, fc.option(time), time, (sentAt, editedAt, seenAt, now) => {
      const at = editTime({ sentAt, editedAt, seenAt }, now);
      expect(at).toBeLessThanOrEqual(now);
      expect(at).toBeGreaterThanOrEqual(Math.min(now, seenAt ?? 0));
    }),
  );
});
