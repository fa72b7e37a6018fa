import { expect, test } from 'vitest';
import { choiceToCron, cronToChoice, cronWords } from './cron-choice.ts';

test.each([
  ['0 3 * * *', 'Every day at 03:00'],
  ['30 14 * * 1', 'Every Monday at 14:30'],
  ['5 0 28 * *', 'On day 28 of every month at 00:05'],
])('%s is %s', (cron, words) => {
  expect(cronWords(cron)).toBe(words);
  expect(choiceToCron(cronToChoice(cron))).toBe(cron);
  expect(cronToChoice(cron).every).not.toBe('raw');
});

test.each(['0 3 31 * *', '*/5 * * * *', '0 25 * * *', '0 3 1 * 1', '0 3 * 1 *', '0 3 0 * *', 'nonsense'])(
  '%s stays as it was written',
  (cron) => {
    expect(cronToChoice(cron)).toEqual({ every: 'raw', cron });
    expect(cronWords(cron)).toBe(cron);
    expect(choiceToCron(cronToChoice(cron))).toBe(cron);
  },
);
