import { describe, expect, test } from 'vitest';
import { encodePage } from '#lib/store/page-codec.ts';
import type { PageRecord, StoredRow } from '#lib/store/types.ts';
import { PAGE_ROWS } from '#lib/store/types.ts';
import { activity } from '#lib/tables/activity.ts';
import { createEntriesReader } from './read-entries.ts';

const entry = (no: number, change: Partial<StoredRow> = {}): StoredRow => ({
  id: `10000000-0000-4000-8000-${String(no).padStart(12, '0')}`,
  no,
  version: no,
  created_at: no,
  updated_at: no,
  deleted_at: null,
  actor_id: null,
  actor_name: 'Ann',
  kind: 'sellers.flag',
  run_id: null,
  table_name: 'sellers',
  record_count: 1,
  record_ids: [],
  summary: `entry ${no}`,
  details: {},
  ...change,
});

/** A store of packed pages and rows, which counts the pages read from it. */
function store(pages: number) {
  const rows: StoredRow[] = [];
  let changes: { pages: number[] } = { pages: [] };
  const read: number[] = [];
  const pageOf = (page: number): PageRecord => {
    const all = Array.from({ length: PAGE_ROWS }, (_, at) => entry(page * PAGE_ROWS + at));
    return { table: 'activity', page, packed: encodePage(activity, page, all) };
  };
  return {
    rows,
    read,
    change: (page: number) => {
      changes = { pages: [page] };
    },
    reader: {
      pageNumbers: () => Promise.resolve(Array.from({ length: pages }, (_, at) => pages - 1 - at)),
      readPages: (_: string, numbers: readonly number[]) => {
        read.push(...numbers);
        return Promise.resolve(numbers.map(pageOf));
      },
      readRows: () => Promise.resolve(rows),
      changeSeq: () => Promise.resolve(0),
      changesSince: () => Promise.resolve({ seq: 1, nos: [], ...changes }),
    },
  };
}

describe('the audit trail in the local data', () => {
  test('is read as far back as asked for', async () => {
    const { reader } = store(3);
    const entries = createEntriesReader(reader);
    const some = await entries(1);
    expect([some.entries.length, some.complete]).toEqual([PAGE_ROWS, false]);
    expect(some.entries.map(({ no }) => no)).toEqual(
      Array.from({ length: PAGE_ROWS }, (_, at) => 3 * PAGE_ROWS - 1 - at),
    );
    const all = await entries(9);
    expect([all.entries.length, all.complete]).toEqual([3 * PAGE_ROWS, true]);
  });

  test('reads no page twice unless something in it has changed', async () => {
    const { reader, read, change } = store(3);
    const entries = createEntriesReader(reader);
    await entries(2);
    await entries(3);
    expect(read).toEqual([2, 1, 0]);
    change(1);
    await entries(3);
    expect(read).toEqual([2, 1, 0, 1]);
  });

  test('takes single rows over pages, and keeps back those that are older than what is read', async () => {
    const { reader, rows } = store(2);
    rows.push(
      entry(5, { version: 9_000, summary: 'old and changed' }),
      entry(2000, { version: 9_001, summary: 'changed' }),
      entry(2001, { version: 9_002, deleted_at: 1 }),
      entry(5000, { summary: 'newest' }),
    );
    const entries = createEntriesReader(reader);
    const some = (await entries(1)).entries;
    expect(some[0]?.summary).toBe('newest');
    expect(some.find(({ no }) => no === 2000)?.summary).toBe('changed');
    expect(some.some(({ no }) => no === 2001)).toBe(false);
    expect(some.some(({ no }) => no === 5)).toBe(false);
    expect((await entries(2)).entries.find(({ no }) => no === 5)?.summary).toBe('old and changed');
  });

  test('of rows alone is complete', async () => {
    const { reader, rows } = store(0);
    rows.push(entry(1), entry(2));
    const { entries, complete } = await createEntriesReader(reader)(1);
    expect([entries.map(({ no }) => no), complete]).toEqual([[2, 1], true]);
  });
});
