import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { PullAnswer, PullColumns } from '#lib/protocol/pull.ts';
import type { TableDeclaration } from '#lib/tables/define-table.ts';
import { tableNames, tables } from '#lib/tables/index.ts';
import { rowToWire, wireRowAt } from '#lib/tables/row-conversion.ts';
import { anyRows } from '#tests/helpers/any-rows.ts';
import { byColumns } from '#tests/helpers/by-columns.ts';
import { wireSeller } from '#tests/helpers/sample-sellers.ts';
import { soakRuns } from '#tests/helpers/soak-runs.ts';
import { applyPull } from './apply-pull.ts';
import { BaseDatabase } from './base-database.ts';
import { decodeRows, encodeColumns } from './page-codec.ts';
import { pulledRows } from './pulled-rows.ts';

const tail = { next_cursor: 'next', has_more: false, remaining: 0, server_time: new Date(0).toISOString() };
// As it comes over the line: -0 is 0, and numbers are what their text says.
const sent = <Page>(page: Page): Page => JSON.parse(JSON.stringify(page)) as Page;

describe.each(tableNames)('%s', (name) => {
  const table: TableDeclaration = tables[name];

  it('by rows and by columns are the same', () => {
    fc.assert(
      fc.property(anyRows(table), (inside) => {
        const items = inside.map((row) => rowToWire(table, row as never));
        const rows: PullAnswer = sent({ items, ...tail });
        const columns: PullColumns = sent(byColumns(name, rows));
        rows.items.forEach((row, at) => expect(wireRowAt(table, columns.columns, at)).toEqual(row));
        const [one, other] = [rows, columns].map((page) => pulledRows(name, page));
        if (one === undefined || other === undefined) throw new Error('two were given');
        const positions = [...rows.items.keys()];
        for (const at of positions) expect(other.rowAt(at)).toEqual(one.rowAt(at));
        const packed = [one, other].map(({ columns: values, form }) =>
          encodeColumns(table, 7, values, positions, form),
        );
        expect(packed[1]).toEqual(packed[0]);
        if (packed[1] !== undefined)
          expect(decodeRows(table, packed[1])).toEqual(
            positions.map((at) => one.rowAt(at)).toSorted((a, b) => a.no - b.no),
          );
      }),
      { numRuns: soakRuns(60) },
    );
  });
});

const bases: BaseDatabase[] = [];
afterEach(() => Promise.all(bases.splice(0).map((base) => base.delete())));

/** Three rows are kept as records, three hundred as a page. */
describe.each([3, 300])('an answer of %i rows by columns', (count) => {
  const items = Array.from({ length: count }, (_, at) => wireSeller(at, at + 1));
  const whole = byColumns('sellers', { items, ...tail });
  const at = count - 2;
  const put = (column: string, value: unknown): PullColumns => ({
    ...whole,
    columns: { ...whole.columns, [column]: (whole.columns[column] ?? []).with(at, value) },
  });
  const { note: _note, ...withoutNote } = whole.columns;

  const wrong: [string, PullColumns][] = [
    ['a column missing', { ...whole, columns: withoutNote }],
    ['a column that the table has not', { ...whole, columns: { ...whole.columns, secret: whole.columns['no'] ?? [] } }],
    ['another name', { ...whole, columns: { ...withoutNote, nota: whole.columns['note'] ?? [] } }],
    ['a column too short', { ...whole, columns: { ...whole.columns, note: (whole.columns['note'] ?? []).slice(1) } }],
    ['a column too long', { ...whole, columns: { ...whole.columns, note: [...(whole.columns['note'] ?? []), null] } }],
    ['no numbers', { ...whole, columns: { ...whole.columns, no: [] } }],
    ['no columns', { ...whole, columns: {} }],
    ['a row twice', put('no', 0)],
    ['a negative number', put('no', -1)],
    ['a time as text', put('created_at', '2026-01-01T00:00:00.000Z')],
    ['a time with a fraction', put('updated_at', 1.5)],
    ['a time that is none', put('updated_at', 9e15)],
    ['a time of the year 10000', put('updated_at', Date.UTC(10_000, 0))],
    ['no time', put('created_at', null)],
    ['a text that is a number', put('display_name', 5)],
    ['a hole', put('normalized_name', undefined)],
    ['a flag that is a word', put('flagged', 'true')],
    ['an unknown source', put('source', 'elsewhere')],
    ['half an id', put('id', 'abc')],
    ['a number with a fraction', put('feedback_count', 0.5)],
    ['a number too large', put('version', 2 ** 60)],
  ];

  const open = (): BaseDatabase => {
    const base = new BaseDatabase(`pulled-${crypto.randomUUID()}`, 1);
    bases.push(base);
    return base;
  };

  it.each(wrong)('is refused with %s, and nothing of it is stored', async (_what, page) => {
    const base = open();
    await expect(applyPull(base, 'sellers', page)).rejects.toMatchObject({ code: 'invalid_answer' });
    const counts = [base.pages, base.patches, base.segments, base.cursors, base.changes].map((store) => store.count());
    expect(await Promise.all(counts)).toEqual([0, 0, 0, 0, 0]);
  });

  it('is stored when it is right', async () => {
    const base = open();
    expect(await applyPull(base, 'sellers', whole)).toMatchObject({ received: count, complete: true, version: count });
    expect((await base.pages.count()) + (await base.patches.count())).toBe(1);
  });
});
