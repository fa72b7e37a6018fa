import { expect, test } from 'vitest';
import { noticeOf, runOfNotice } from './news-words.ts';

const run = {
  id: '0b7d3d5e-7d0f-4d2c-8a52-5a7b1b2f6a01',
  name: 'Kitchen',
  status: 'completed',
  pause_reason: null,
  paused_at: null,
  checkpoint: null,
  sellers_found: 1234,
  sellers_new: 56,
  failed_items: 0,
} as const;

test('a notification says how the run ended, and leads to it', () => {
  const notice = noticeOf('completed', run);
  expect(notice).toMatchObject({ title: 'Kitchen is completed', message: '1,234 sellers found, 56 new.' });
  expect(runOfNotice(notice.id)).toBe(run.id);
  expect(noticeOf('failed', { ...run, status: 'failed', failed_items: 1 }).message).toMatch(
    /1 search failed\. Its log says why\.$/,
  );
  expect(runOfNotice('something else')).toBeNull();
});

test('each pause has its own, with what to do', () => {
  const paused = { ...run, status: 'paused', pause_reason: 'budget', paused_at: 5 } as const;
  const notice = noticeOf('paused', paused);
  expect(notice.message).toBe('The budget cap is reached. Raise the cap to go on.');
  expect(noticeOf('paused', { ...paused, paused_at: 6 }).id).not.toBe(notice.id);
  expect(noticeOf('paused', paused).id).toBe(notice.id);
});
