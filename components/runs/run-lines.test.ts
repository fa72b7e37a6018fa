import { QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { queryKeys } from '#lib/api/query-keys.ts';
import { addRunLine, type RunLine } from './run-lines.ts';

const lineOf = (at: number): RunLine => ({
  run_id: '0b7d3d5e-7d0f-4d2c-8a52-5a7b1b2f6a01',
  slot: null,
  at: new Date(at * 1000).toISOString(),
  level: 'info',
  text: `line ${at}`,
});

test('the feed keeps the last 100 lines, newest first', () => {
  const queryClient = new QueryClient();
  for (let at = 1; at <= 250; at += 1) addRunLine(queryClient, 'workspace', lineOf(at));
  const kept = queryClient.getQueryData<RunLine[]>(queryKeys('workspace').runActivity(lineOf(1).run_id)) ?? [];
  expect(kept.map(({ text }) => text)).toEqual(Array.from({ length: 100 }, (_, at) => `line ${250 - at}`));
});
