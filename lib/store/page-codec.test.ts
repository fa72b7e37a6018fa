import fc from 'fast-check';
import { soakRuns } from '#tests/helpers/soak-runs.ts';
import { describe, expect, it } from 'vitest';
import { AppError } from '#lib/shared/app-error.ts';
import type { Column } from '#lib/tables/columns.ts';
import { tableNames, tables } from '#lib/tables/index.ts';
import { rowToWire } from '#lib/tables/row-conversion.ts';
import type { AnyTable } from './page-codec.ts';
import { decodeColumn, decodeRows, encodePage } from './page-codec.ts';
import { parseIsoTime } from './parse-iso-time.ts';
import { PAGE_ROWS } from './types.ts';

// Any string of UTF-16 units, lone surrogates among them.
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
);

function valueOf(column: Column): fc.Arbitrary<unknown> {
  const value: fc.Arbitrary<unknown> = {
    id: fc.uuid(),
    text: anyText,
    integer: fc.oneof(fc.integer(), fc.maxSafeInteger()),
    decimal: fc.double({ noNaN: true, noDefaultInfinity: true }),
    boolean: fc.boolean(),
    time: fc.integer({ min: -62_000_000_000_000, max: 253_402_300_799_999 }),
    choice: fc.constantFrom(...(column.choices ?? [''])),
    json: fc
      .jsonValue()
      .map((json) => JSON.parse(JSON.stringify(json)) as unknown)
      .filter((json) => json !== null),
  }[column.kind];
  return column.nullable ? fc.option(value) : value;
}

function rowsOf(table: AnyTable): fc.Arbitrary<Record<string, unknown>[]> {
  const row = fc.record(
    Object.fromEntries(table.columnNames.map((name) => [name, valueOf(table.columns[name] as Column)])),
  );
  const offsets = fc.uniqueArray(fc.integer({ min: 0, max: PAGE_ROWS - 1 }), { maxLength: 24 });
  return offsets.chain((list) =>
    fc.tuple(...list.map((offset) => row.map((made) => ({ ...made, no: 7 * PAGE_ROWS + offset })))),
  );
}

describe.each(tableNames)('page codec of %s', (name) => {
  const table: AnyTable = tables[name];

  it('gives back every row, through a structured clone', () => {
    fc.assert(
      fc.property(rowsOf(table), (rows) => {
        const packed = structuredClone(encodePage(table, 7, rows));
        const expected = rows.toSorted((a, b) => Number(a['no']) - Number(b['no']));
        expect(decodeRows(table, packed)).toEqual(expected);
        for (const column of table.columnNames) {
          expect(decodeColumn(table, packed, column)).toEqual(expected.map((row) => row[column]));
        }
      }),
      { numRuns: soakRuns(60) },
    );
  });

  it('notices a page that lost its end, a column, or its order', () => {
    fc.assert(
      fc.property(
        rowsOf(table).filter((rows) => rows.length > 1),
        fc.nat(),
        (rows, pick) => {
          const packed = encodePage(table, 7, rows);
          const column = table.columnNames[pick % table.columnNames.length] as string;
          const { [column]: _gone, ...others } = packed.columns;
          const damaged = [
            { ...packed, offsets: packed.offsets.slice(0, -1) },
            { ...packed, offsets: packed.offsets.toReversed() },
            { ...packed, columns: others },
          ];
          for (const page of damaged) expect(() => decodeRows(table, page)).toThrow(AppError);
        },
      ),
      { numRuns: soakRuns(20) },
    );
  });
});

describe('page codec', () => {
  const wire = rowToWire(tables.sellers, {
    id: '4b0f9dd8-93a5-4b3c-8f4a-0f5a7d0b6c11',
    no: 1030,
    version: 5,
    created_at: 1,
    updated_at: 1_700_000_000_123,
    deleted_at: null,
    platform: 'ebay',
    display_name: 'Anna',
    normalized_name: 'anna',
    platform_id: null,
    flagged: true,
    note: null,
    source: 'run',
    times_seen: 3,
    first_seen_run_id: null,
    last_seen_run_id: null,
    feedback_percent: 99.1,
    feedback_count: 2 ** 40,
    item_count: null,
  });

  it('packs wire rows as inside rows', () => {
    const packed = encodePage(tables.sellers, 1, [wire], 'wire');
    expect(decodeRows(tables.sellers, packed, [6])).toEqual([
      { ...wire, created_at: 1, updated_at: 1_700_000_000_123 },
    ]);
    expect(decodeRows(tables.sellers, packed, [5])).toEqual([]);
  });

  it.each([
    ['id', 'no-uuid'],
    ['version', 1.5],
    ['updated_at', '2024-01-01'],
    ['updated_at', 5],
    ['platform', 'other'],
    ['display_name', null],
    ['display_name', undefined],
    ['flagged', 'yes'],
    ['feedback_percent', '99'],
    ['no', 5000],
    ['no', undefined],
  ])('refuses a wire row whose %s is %s', (column, value) => {
    expect(() => encodePage(tables.sellers, 1, [{ ...wire, [column]: value }], 'wire')).toThrow(AppError);
  });

  it('refuses one row number twice', () => {
    expect(() => encodePage(tables.sellers, 1, [wire, wire], 'wire')).toThrow(AppError);
  });

  it('parses wire times as Date.parse does', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true }),
        (date) => {
          expect(parseIsoTime(date.toISOString())).toBe(date.getTime());
        },
      ),
    );
    expect(parseIsoTime('2024-13-01T00:00:00.000Z')).toBeNaN();
    expect(parseIsoTime('2024-01-01T00:00:00.000z')).toBeNaN();
  });
});
