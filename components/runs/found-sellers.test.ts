import { expect, test } from 'vitest';
import { type FoundSeller, mergeFound } from './found-sellers.ts';

const seller = (id: string, feedback_count = 1): FoundSeller => ({
  id,
  display_name: id,
  flagged: false,
  first_seen_run_id: null,
  feedback_percent: null,
  feedback_count,
});

test('the newest is first, and each seller is there once with what was seen last', () => {
  const feed = mergeFound([seller('b', 1), seller('a', 1)], [seller('c', 1), seller('b', 2)]);
  expect(feed.map(({ id }) => id)).toEqual(['b', 'c', 'a']);
  expect(feed[0]?.feedback_count).toBe(2);
});

test('the feed stays short', () => {
  const many = Array.from({ length: 500 }, (_, at) => seller(String(at)));
  expect(mergeFound([], many)).toHaveLength(60);
  expect(mergeFound([], many)[0]?.id).toBe('499');
});
