import { expect, test } from 'vitest';
import { defaultSettings } from '#components/runs/settings-draft.ts';
import { scheduleChanges } from './schedule-changes.ts';

const same = {
  name: 'Kitchen',
  cron: '0 3 * * 1',
  time_zone: 'UTC',
  category_ids: ['b', 'a'],
  product_source: 'catalogue',
  seller_source: 'catalogue',
  settings: defaultSettings,
};
const schedule = {
  ...same,
  id: '0b7d3d5e-7d0f-4d2c-8a52-5a7b1b2f6a01',
  active: true,
  created_by: '0b7d3d5e-7d0f-4d2c-8a52-5a7b1b2f6a02',
  created_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-01-01T00:00:00.000Z',
  next_run_at: null,
  last_run_id: null,
  last_started_at: null,
  last_problem: null,
};

test('are none of what is the same in another order', () => {
  const settings = Object.fromEntries(Object.entries(defaultSettings).toReversed());
  expect(scheduleChanges(schedule, { ...same, category_ids: ['a', 'b'], settings })).toEqual({});
});

test('are what differs alone', () => {
  expect(scheduleChanges(schedule, { ...same, name: 'Hobs' })).toEqual({ name: 'Hobs' });
  const settings = { ...defaultSettings, parallel: 9 };
  expect(scheduleChanges(schedule, { ...same, category_ids: ['a'], settings })).toEqual({
    category_ids: ['a'],
    settings,
  });
});
