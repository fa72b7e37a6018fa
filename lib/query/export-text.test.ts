import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { csvCell, textOfCell } from '#lib/shared/csv-cell.ts';
import { createExportBytes, exportFrame, exportText } from './export-text.ts';
import type { SellerRow } from './query.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }).filter((value) => value.isWellFormed() && !value.includes('\0')),
  fc.string({ unit: fc.constantFrom(...Array.from(`=+-@'",;\t\r\n aé＝`)), maxLength: 12 }),
);
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const row: fc.Arbitrary<{ row: SellerRow; note: string | null }> = fc
  .record({
    display_name: text,
    note: orNull(text),
    flagged: fc.boolean(),
    times_seen: fc.nat(),
    feedback_percent: orNull(fc.double({ min: 0, max: 100, noNaN: true }).map((value) => Math.abs(value))),
    feedback_count: orNull(fc.nat()),
    first_seen_run_id: orNull(fc.uuid()),
    created_at: fc.integer({ min: 0, max: 4e12 }),
    no: fc.integer({ min: -5, max: 2_000_000 }),
  })
  .map(({ note, ...fields }) => ({
    note,
    row: {
      id: '00000000-0000-4000-8000-000000000001',
      version: 1,
      platform: 'ebay',
      normalized_name: fields.display_name.toLowerCase(),
      source: 'run',
      item_count: null,
      last_seen_run_id: null,
      updated_at: 0,
      deleted_at: null,
      has_note: note !== null,
      sync: 'synced',
      arrived_at: null,
      ...fields,
    },
  }));
const platformId = (no: number): string | null => (no % 2 === 0 ? `=${no}` : null);
const rows = fc.uniqueArray(row, { maxLength: 6, selector: (one) => one.row.no });

function csvOf(some: readonly { row: SellerRow; note: string | null }[]): string {
  const stored = { notes: new Map(some.map((one) => [one.row.no, one.note])), platformId };
  // In two pieces, as it is written.
  const [first, rest] = [some.slice(0, 2), some.slice(2)].map((part) => part.map((one) => one.row));
  return (
    exportFrame('csv')[0] + exportText('csv', first ?? [], stored, true) + exportText('csv', rest ?? [], stored, false)
  );
}

/** What the cells of a row say, by the rules of the file. */
function expected({ row: one, note }: { row: SellerRow; note: string | null }): string[] {
  const say = (value: unknown): string => (value === null ? '' : String(value));
  return [
    one.display_name,
    say(one.flagged),
    say(one.times_seen),
    say(one.feedback_percent),
    say(one.feedback_count),
    '',
    'run',
    say(one.first_seen_run_id),
    '',
    say(note),
    new Date(one.created_at).toISOString(),
    '1970-01-01T00:00:00.000Z',
    one.id,
    one.no < 0 ? '' : say(one.no),
    'ebay',
    say(platformId(one.no)),
    one.normalized_name,
  ];
}

const python = spawnSync('python3', ['--version']).status === 0;

describe('CSV', () => {
  it('comes back whole from papaparse, and no cell begins a formula', () => {
    fc.assert(
      fc.property(rows, (some) => {
        const [head, ...lines] = Papa.parse<string[]>(csvOf(some), { skipEmptyLines: true, newline: '\r\n' }).data;
        expect(head?.join(',')).toBe(exportFrame('csv')[0].trim());
        expect(lines.map((line) => line.map(textOfCell))).toEqual(some.map(expected));
        for (const cell of lines.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r\n]/);
      }),
    );
  });

  it.skipIf(!python)('comes back whole from another program (skipped where there is no Python)', () => {
    const some = fc
      .sample(rows, 30)
      .flat()
      .map((one, at) => ({ ...one, row: { ...one.row, no: at } }));
    const read = spawnSync(
      'python3',
      [
        '-c',
        'import csv,io,json,sys; t=sys.stdin.buffer.read().decode("utf-8"); print(json.dumps(list(csv.reader(io.StringIO(t,newline="")))))',
      ],
      { input: csvOf(some), encoding: 'utf8', maxBuffer: 1e8 },
    );
    const lines = (JSON.parse(read.stdout) as string[][]).slice(1);
    expect(lines.map((line) => line.map(textOfCell))).toEqual(some.map(expected));
  });

  it.each(['=1+1', '+1', '-1', '@x', '\tx', '\rx', "'=x", "''@", '＝1', 'plain', "'plain", '', '"', 'a,b'])(
    '%j is what it was after one way and back',
    (value) => {
      const [[cell = ''] = []] = Papa.parse<string[]>(csvCell(value), { delimiter: ',' }).data;
      expect(textOfCell(cell)).toBe(value);
    },
  );
});

it('JSON is one array, however many pieces it was written in', () => {
  fc.assert(
    fc.property(rows, (some) => {
      const stored = { notes: new Map(some.map((one) => [one.row.no, one.note])), platformId };
      const pieces = some.map(({ row: one }, at) => exportText('json', [one], stored, at === 0));
      const [head, tail] = exportFrame('json');
      const read = JSON.parse(head + pieces.join('') + tail) as unknown[];
      expect(read).toMatchObject(
        some.map(({ row: { display_name, no }, note }) => ({
          display_name,
          note,
          no: no < 0 ? null : no,
          platform_id: platformId(no),
        })),
      );
    }),
  );
});

it.each(['csv', 'json', 'names'] as const)(
  '%s as bytes is the same text, also of more rows than are encoded at once',
  (form) => {
    const [{ row: one } = { row: null }] =
      fc.sample(
        rows.filter(({ length }) => length > 0),
        1,
      )[0] ?? [];
    if (one === null) throw new Error('no row');
    const many = Array.from({ length: 2_345 }, (_, no) => ({ ...one, no, display_name: `ü${no}` }));
    const stored = { notes: new Map<number, string>(), platformId };
    const exportBytes = createExportBytes();
    for (const isFirst of [true, false]) {
      const bytes = exportBytes(form, many, stored, isFirst);
      expect(new TextDecoder().decode(bytes)).toBe(exportText(form, many, stored, isFirst));
    }
  },
);
