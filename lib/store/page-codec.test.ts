import fc from 'fast-check';
import { anyRows } from '#tests/helpers/any-rows.ts';
import { soakRuns } from '#tests/helpers/soak-runs.ts';
import { describe, expect, it } from 'vitest';
import { AppError } from '#lib/shared/app-error.ts';
import { normalizeName } from '#lib/domain/seller.ts';
import { tableNames, tables } from '#lib/tables/index.ts';
import { rowToWire } from '#lib/tables/row-conversion.ts';
import type { Seller } from '#lib/tables/sellers.ts';
import type { AnyColumns, AnyTable } from './page-codec.ts';
import {
  decodeColumn,
  decodeRows,
  encodeColumns,
  encodePage,
  encodeRows,
  numbersOf,
  rowsAt,
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
        expect(rowsAt(table, packed, [...expected.keys()])).toEqual(expected);
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
          const columns = Object.keys(packed.columns);
          const column = columns[pick % columns.length] as string;
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

const anySeller: Seller = {
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
};

describe('page codec of names', () => {
  const letters = fc.string({
    unit: fc.constantFrom('a', 'b', 'z', 'A', 'B', 'Z', '0', '9', '_', '-', '.', ' ', 'é', 'É', 'ß', 'İ', 'ſ', 'K'),
  });

  it.each([
    ['those of a to z', letters.map((name) => name.replaceAll(/[^ -~]/gu, ''))],
    ['those of any letter', letters],
  ])('gives back every capital of %s', (_, names) => {
    fc.assert(
      fc.property(fc.array(names, { maxLength: 40 }), (shown) => {
        const rows = shown.map((name, at) => ({
          ...anySeller,
          no: 1024 + at,
          display_name: name,
          normalized_name: normalizeName(name),
        }));
        const packed = structuredClone(encodePage(tables.sellers, 1, rows));
        expect(decodeColumn(tables.sellers, packed, 'display_name')).toEqual(shown);
        expect(decodeRows(tables.sellers, packed)).toEqual(rows);
      }),
      { numRuns: soakRuns(200) },
    );
  });

  it('stores capitals alone where nothing else differs', () => {
    const rows = [{ ...anySeller, no: 1024, display_name: 'Best_Deal', normalized_name: 'best_deal' }];
    expect(encodePage(tables.sellers, 1, rows).columns['display_name']?.kind).toBe('cased');
  });

  it('notices capitals that are not of the names, and names that went away', () => {
    const rows = [{ ...anySeller, no: 1024, display_name: 'Best_Deal', normalized_name: 'best_deal' }];
    const packed = encodePage(tables.sellers, 1, rows);
    const { normalized_name: _gone, ...others } = packed.columns;
    const cut = { ...packed.columns, display_name: { kind: 'cased' as const, upper: new Uint8Array(1), nulls: null } };
    for (const columns of [others, cut])
      expect(() => decodeColumn(tables.sellers, { ...packed, columns }, 'display_name')).toThrow(AppError);
  });
});

describe('page codec', () => {
  const wire = rowToWire(tables.sellers, anySeller);

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
