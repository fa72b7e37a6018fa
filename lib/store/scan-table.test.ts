import { describe, expect, test } from 'vitest';
import { sellers } from '#lib/tables/sellers.ts';
import { rowFromWire } from '#lib/tables/row-conversion.ts';
import { createMemoryStore } from '#tests/helpers/memory-store.ts';
import { wireSeller } from '#tests/helpers/sample-sellers.ts';
import { scanTable } from './scan-table.ts';
import type { StoredRow } from './types.ts';
import { PAGE_ROWS } from './types.ts';

const RUN = '10000000-0000-4000-8000-000000000001';
const row = (no: number, runId: string | null): StoredRow => ({
  ...(rowFromWire(sellers, wireSeller(no, 1)) as unknown as StoredRow),
  first_seen_run_id: runId,
});
const scan = (most = 1000, wanted = [RUN]) => ({
  table: 'sellers' as const,
  column: 'first_seen_run_id',
  wanted: new Set(wanted),
  most,
  signal: new AbortController().signal,
});

describe('rows by one column', () => {
  const store = createMemoryStore();
  store.writePages(Array.from({ length: 3 * PAGE_ROWS }, (_, at) => row(at + 1, at % 500 === 0 ? RUN : null)));
  store.writeRows([
    { ...row(1, null), version: 9 },
    { ...row(4000, RUN), version: 9 },
  ]);
  const expected = [4000, 3001, 2501, 2001, 1501, 1001, 501];

  test('are found in both levels, newest first, each as it is now', async () => {
    expect((await scanTable(store.reader, scan())).map(({ no }) => no)).toEqual(expected);
  });

  test('are as many as asked for', async () => {
    expect((await scanTable(store.reader, scan(2))).map(({ no }) => no)).toEqual(expected.slice(0, 2));
  });

  test('are counted without those of the excluded value, in both levels', async () => {
    const except = { column: 'last_seen_run_id', value: RUN };
    const store = createMemoryStore();
    const at = (no: number) => ({ ...row(no, RUN), last_seen_run_id: no > 300 || no % 100 === 0 ? RUN : null });
    store.writePages(Array.from({ length: PAGE_ROWS }, (_, index) => at(index + 1)));
    store.writeRows([
      { ...at(301), version: 9 },
      { ...at(7), version: 9 },
    ]);
    const found = await scanTable(store.reader, { ...scan(200), except });
    expect(found.map(({ no }) => no)).toEqual(
      Array.from({ length: 299 }, (_, index) => 299 - index)
        .filter((no) => no % 100 !== 0)
        .slice(0, 200),
    );
  });

  test('are none where none matches', async () => {
    expect(await scanTable(store.reader, scan(10, ['20000000-0000-4000-8000-000000000001']))).toEqual([]);
  });

  test('are looked for no longer when nobody wants them', async () => {
    const abort = new AbortController();
    abort.abort();
    await expect(scanTable(store.reader, { ...scan(), signal: abort.signal })).rejects.toThrow();
  });
});
