import { expect, test } from 'vitest';
import { waitingSeconds } from './waiting-seconds.ts';

const search = (state: 'idle' | 'searching' | 'waiting' | 'retrying', seconds: number | null = null) => ({
  state,
  wait_seconds: seconds,
});

test('a run waits when all of its searches that do something wait, until the first goes on', () => {
  expect(waitingSeconds({ searches: [search('waiting', 30), search('idle'), search('waiting', 11.2)] })).toBe(12);
});

test.each(['searching', 'retrying'] as const)('it does not wait while another is %s', (state) => {
  expect(waitingSeconds({ searches: [search('waiting', 11), search(state, 2)] })).toBeNull();
});

test('without searches, or when nothing is to be waited for, it does not wait', () => {
  expect(waitingSeconds({ searches: [search('idle')] })).toBeNull();
  expect(waitingSeconds({ searches: [search('waiting')] })).toBeNull();
});
