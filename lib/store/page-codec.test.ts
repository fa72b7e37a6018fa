import fc from 'fast-check';
import { anyRows } from '#tests/helpers/any-rows.ts';
import { soakRuns } from '#tests/helpers/soak-runs.ts';
import { describe, expect, it } from 'vitest';
import { AppError } from '#lib/shared/app-error.ts';
import { tableNames, tables } from '#lib/tables/index.ts';
import { rowToWire } from '#lib/tables/row-conversion.ts';
import type { AnyColumns, AnyTable } from './page-codec.ts';
import {
  decodeColumn,
  decodeRows,
  encodeColumns,
  encodePage,
  encodeRows,
  numbersOf,
  rowAt,
  rowsToColumns,
} from './page-codec.ts';
import { parseIsoTime } from './parse-iso-time.ts';

describe.each(tableNames)('page codec of %s', (name) => {
  const table: AnyTable = tables[name];

  it('gives back every row, through a structured clone', () => {
    fc.assert(
      fc.property(anyRows(table), (rows) => {
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

  it('gives back every row of any pages, through a structured clone', () => {
    fc.assert(
      fc.property(anyRows(table), (rows) => {
        const packed = structuredClone(encodeRows(table, rowsToColumns(table, rows), [...rows.keys()], 'inside'));
        const expected = rows.toSorted((a, b) => Number(a['no']) - Number(b['no']));
        const { nos, versions } = numbersOf(table, packed);
        expect([...nos]).toEqual(expected.map((row) => row['no']));
        expect([...versions]).toEqual(expected.map((row) => row['version']));
        expect(expected.map((_, at) => rowAt(table, packed, at))).toEqual(expected);
        for (const column of table.columnNames) {
          const { [column]: _gone, ...others } = packed.columns;
          expect(() => numbersOf(table, { ...packed, columns: others })).toThrow(AppError);
        }
      }),
      { numRuns: soakRuns(20) },
    );
  });

  it('notices a page that lost its end, a column, or its order', () => {
    fc.assert(
      fc.property(
        anyRows(table).filter((rows) => rows.length > 1),
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

  const encodeWire = (columns: AnyColumns) =>
    encodeColumns(tables.sellers, 1, columns, [...(columns['no'] ?? []).keys()], 'wire');
  const byColumn = (...rows: readonly Record<string, unknown>[]) => rowsToColumns(tables.sellers, rows);

  it('packs wire rows as inside rows', () => {
    const packed = encodeWire(byColumn(wire));
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
    expect(() => encodeWire(byColumn({ ...wire, [column]: value }))).toThrow(AppError);
  });

  it('refuses one row number twice', () => {
    expect(() => encodeWire(byColumn(wire, wire))).toThrow(AppError);
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
