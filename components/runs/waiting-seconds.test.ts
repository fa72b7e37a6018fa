import { expect, test } from 'vitest';
import { waitingSeconds } from './waiting-seconds.ts';

const search = (state: 'idle' | 'searching' | 'waiting' | 'retrying') => ({ state });

test('a run waits when all of its searches that do something wait', () => {
  const told = { waiting_seconds: 11.2, searches: [search('waiting'), search('idle'), search('waiting')] };
  expect(waitingSeconds(told)).toBe(12);
});

test.each(['searching', 'retrying'] as const)('it does not wait while another is %s', (state) => {
  expect(waitingSeconds({ waiting_seconds: 11, searches: [search('waiting'), search(state)] })).toBeNull();
});

test('without searches, or when nothing is to be waited for, it does not wait', () => {
  expect(waitingSeconds({ waiting_seconds: 3, searches: [search('idle')] })).toBeNull();
  expect(waitingSeconds({ waiting_seconds: null, searches: [search('waiting')] })).toBeNull();
});
