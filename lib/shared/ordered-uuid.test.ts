import { expect, it } from 'vitest';
import { z } from 'zod';
import { orderedUuid } from './ordered-uuid.ts';

it('makes distinct UUIDs of version 7 that sort by their time', () => {
  const times = [0, 1, 255, 1_795_000_000_000, 1_795_000_000_001];
  const ids = times.map(orderedUuid);
  expect(ids.toSorted()).toEqual(ids);
  for (const id of ids) expect(z.uuidv7().safeParse(id).success).toBe(true);
  expect(new Set(Array.from({ length: 100 }, () => orderedUuid(5))).size).toBe(100);
});
