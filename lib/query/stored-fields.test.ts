import { expect, it } from 'vitest';
import { readStoredFields } from './stored-fields.ts';

const entry = (op: string, nos: number[], data: object, rows: object[] | null = null) => ({
  op,
  targets: nos.map((no) => ({ id: `id ${no}`, no })),
  data,
  rows,
});
const reader = (outbox: object[]) =>
  ({
    readByNo: async (_: string, nos: readonly number[]) =>
      nos.map((no) => ({ no, note: `note ${no}`, platform_id: null, display_name: 'a' })),
    outbox: async () => outbox,
  }) as never;

it('has what the store has, under what is unsent, in order', async () => {
  const outbox = [
    entry('update', [2, 9], { note: 'first' }),
    entry('update', [2], { note: null }),
    entry('flag', [3], { flagged: true }),
    entry('create', [-1], { display_name: 'b', note: 'mine' }),
    entry('create', [-2, -3], {}, [{ display_name: 'c' }, { display_name: 'd', platform_id: 'p' }]),
  ];
  const fields = await readStoredFields(reader(outbox), [1, 2, 3, -1, -2, -3]);
  expect(Object.fromEntries(fields)).toEqual({
    1: { note: 'note 1', platform_id: null },
    2: { note: null, platform_id: null },
    3: { note: 'note 3', platform_id: null },
    '-1': { note: 'mine', platform_id: null },
    '-2': { note: null, platform_id: null },
    '-3': { note: null, platform_id: 'p' },
  });
});
