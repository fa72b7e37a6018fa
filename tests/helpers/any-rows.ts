import fc from 'fast-check';
import { runSettings } from '#lib/domain/run-settings.ts';
import type { AnyTable } from '#lib/store/page-codec.ts';
import { PAGE_ROWS } from '#lib/store/types.ts';
import type { Column } from '#lib/tables/columns.ts';

// Any string of UTF-16 units, lone surrogates among them.
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
);
const anyJson = fc.jsonValue().map((json) => JSON.parse(JSON.stringify(json)) as unknown);
// A record that is checked loses a key named __proto__; one that is packed keeps it. Neither does anything.
const anyKey = fc.string().filter((key) => key !== '__proto__');
const anyObject = fc.dictionary(anyKey, anyJson).map((object) => JSON.parse(JSON.stringify(object)) as unknown);

/** What may stand in the columns of JSON that are declared. */
const jsonOf: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  category_ids: fc.array(anyText, { maxLength: 5 }),
  record_ids: fc.array(fc.uuid(), { maxLength: 5 }),
  settings: fc
    .record({ parallel: fc.integer({ min: 1, max: 20 }), exclude_sellers: fc.array(fc.string()) })
    .map((some) => runSettings.parse(some)),
  checkpoint: anyObject,
  details: anyObject,
};

function valueOf(name: string, column: Column): fc.Arbitrary<unknown> {
  const value: fc.Arbitrary<unknown> = {
    id: fc.uuid(),
    text: anyText,
    integer: fc.oneof(fc.integer(), fc.maxSafeInteger()),
    decimal: fc.double({ noNaN: true, noDefaultInfinity: true }),
    boolean: fc.boolean(),
    time: fc.integer({ min: -62_000_000_000_000, max: 253_402_300_799_999 }),
    choice: fc.constantFrom(...(column.choices ?? [''])),
    json: jsonOf[name] ?? anyJson.filter((json) => json !== null),
  }[column.kind];
  return column.nullable ? fc.option(value) : value;
}

/** Rows of page 7 as the program holds them inside, every value that its column allows. */
export function anyRows(table: AnyTable): fc.Arbitrary<Record<string, unknown>[]> {
  const row = fc.record(
    Object.fromEntries(table.columnNames.map((name) => [name, valueOf(name, table.columns[name] as Column)])),
  );
  const offsets = fc.uniqueArray(fc.integer({ min: 0, max: PAGE_ROWS - 1 }), { maxLength: 24 });
  return offsets.chain((list) =>
    fc.tuple(...list.map((offset) => row.map((made) => ({ ...made, no: 7 * PAGE_ROWS + offset })))),
  );
}
