import { expect, it } from 'vitest';
import { ARRIVAL_MS, createArrivals, FADE_MS } from '#lib/query/arrivals.ts';
import { arrivalTint, nextChange } from './use-arrivals.ts';

const FADING = 'bg-background transition-colors duration-150';

it('marks each row for three seconds, then fades its mark, whatever comes in meanwhile', () => {
  let now = 1_000_000;
  const arrivals = createArrivals(() => now);
  const begun = now;
  arrivals.add(1);
  now += 2_000;
  arrivals.add(2);
  const rows = () => [1, 2, 3].map((no) => ({ arrived_at: arrivals.at(no) }));
  const seen: [ms: number, tints: (string | undefined)[]][] = [];
  for (let next: number | null = now; next !== null; next = nextChange(rows(), now)) {
    now = next;
    seen.push([now - begun, rows().map((row) => arrivalTint(row, now))]);
    // One that comes in now does not end what goes on.
    if (now === begun + ARRIVAL_MS) arrivals.add(4);
  }
  expect(seen).toEqual([
    [2_000, ['bg-fresh', 'bg-fresh', undefined]],
    [ARRIVAL_MS, [FADING, 'bg-fresh', undefined]],
    [ARRIVAL_MS + FADE_MS, [undefined, 'bg-fresh', undefined]],
    [2_000 + ARRIVAL_MS, [undefined, FADING, undefined]],
    [2_000 + ARRIVAL_MS + FADE_MS, [undefined, undefined, undefined]],
  ]);
});
