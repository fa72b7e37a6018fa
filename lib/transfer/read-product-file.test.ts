import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseProductList } from '#lib/domain/product-list.ts';
import type { SheetCell, WorkbookOptions } from '#tests/fixtures/build-xlsx.ts';
import { buildXlsx, buildZip } from '#tests/fixtures/build-xlsx.ts';
import { readProductFile } from './read-product-file.ts';

const read = (bytes: string | Uint8Array<ArrayBuffer>) => readProductFile(new Blob([bytes]));
const productsOf = async (bytes: string | Uint8Array<ArrayBuffer>) => parseProductList(await read(bytes));
const shown = ({ products }: ReturnType<typeof parseProductList>) =>
  products.map(({ title, price_cents, currency, asin }) => [title, price_cents, currency, asin]);

const table: SheetCell[][] = [
  ['Rank', 'ASIN', 'Product Title', 'Price', 'Currency'],
  [1, 'B08JHCVHTY', 'Kettle, 1.7 l, "steel" <new> & hot', 24.99, 'USD'],
  [2, 'B0DCH8VDXF', ' Ear  buds\n5.3 ', 19.989_999_999_999_998, 'USD'],
  [],
  [3, null, 'Cable € 2 m 😀', '12,99 €', null],
  [4, null, 'No price', null, null],
];
const products = [
  ['Kettle, 1.7 l, "steel" <new> & hot', 2499, 'USD', 'B08JHCVHTY'],
  ['Ear buds 5.3', 1999, 'USD', 'B0DCH8VDXF'],
  ['Cable € 2 m 😀', 1299, 'EUR', null],
  ['No price', null, null, null],
];

describe('a product list from a file', () => {
  it.each<WorkbookOptions>([
    {},
    { texts: 'inline' },
    { texts: 'formula' },
    { prefix: 'x' },
    { zip64: true },
    { hiddenFirst: true, texts: 'inline', prefix: 'ss' },
  ])('is read from a workbook written as %j', async (options) => {
    const list = await productsOf(buildXlsx(table, options));
    expect(list.problems).toEqual([]);
    expect(shown(list)).toEqual(products);
  });

  it('is read from a sheet whose cells do not say where they stand', async () => {
    const full = [
      ['title', 'price'],
      ['One', 1],
      ['Two', 2.5],
    ];
    expect(shown(await productsOf(buildXlsx(full, { withoutPlaces: true })))).toEqual([
      ['One', 100, null, null],
      ['Two', 250, null, null],
    ]);
  });

  it('is found below a heading, and in the columns that are named', async () => {
    const below: SheetCell[][] = [
      ['Best sellers of March'],
      [null, true],
      [null, 'price', null, 'NAME'],
      [null, 3, 'x', 'A'],
    ];
    expect(shown(await productsOf(buildXlsx(below)))).toEqual([['A', 300, null, null]]);
  });

  it('is found by what columns without names hold', async () => {
    const bare: SheetCell[][] = [
      [1, 'B08JHCVHTY', 'Blink plus plan', 'XOF 6,765'],
      [2, 'B0DCH8VDXF', 'Ear buds with a long name', 'XOF 9,107'],
      [3, 'B0DCH8VDX1', 'Cable', ''],
    ];
    expect(shown(await productsOf(buildXlsx(bare)))).toEqual([
      ['Blink plus plan', 676_500, 'XOF', 'B08JHCVHTY'],
      ['Ear buds with a long name', 910_700, 'XOF', 'B0DCH8VDXF'],
      ['Cable', null, null, 'B0DCH8VDX1'],
    ]);
    expect(shown(await productsOf(buildXlsx([['Only titles'], ['here']])))).toHaveLength(2);
  });

  it.each<[string, string | Uint8Array<ArrayBuffer>]>([
    ['UTF-8', 'title,price\nCafé €,5'],
    ['UTF-8 with a mark', '\uFEFFtitle,price\nCafé €,5'],
    [
      'the code page of Windows',
      Uint8Array.from([...Buffer.from('title,price\nCaf'), 0xe9, 0x20, 0x80, ...Buffer.from(',5')]),
    ],
    ['UTF-16, tabs', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('title\tprice\nCafé €\t5', 'utf16le')])],
  ])('is read from text in %s', async (_, bytes) => {
    expect(shown(await productsOf(bytes))).toEqual([['Café €', 500, null, null]]);
  });

  it.each<[string, string, string | Uint8Array<ArrayBuffer>]>([
    ['damaged', 'the start of a workbook', buildXlsx(table).subarray(0, 400)],
    ['damaged', 'only its first bytes', Buffer.from('PK\u0003\u0004')],
    [
      'not_a_workbook',
      'another archive',
      buildZip([{ name: 'word/document.xml', text: '<w/>' }], { comment: 'hello' }),
    ],
    ['not_a_workbook', 'an archive of nothing', buildZip([])],
    ['old_or_protected', 'an old workbook', Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1])],
    ['not_a_list', 'a picture', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13])],
    ['empty', 'an empty sheet', buildXlsx([])],
    ['empty', 'a sheet of empty cells', buildXlsx([['', null]])],
    [
      'no_titles',
      'a sheet of numbers',
      buildXlsx([
        [1, 5.5],
        [2, 6.25],
      ]),
    ],
    ['too_large', 'more than 8 MB', new Uint8Array(8 * 1024 * 1024 + 1)],
    ['damaged', 'a document type', buildZip([{ name: '_rels/.rels', text: '<!DOCTYPE x [<!ENTITY a "b">]><x/>' }])],
    ['damaged', 'a tag without an end', buildZip([{ name: '_rels/.rels', text: '<x a="'.repeat(1000) }])],
    ['too_large', 'a bomb', buildZip([{ name: '_rels/.rels', text: ' '.repeat(65 * 1024 * 1024) }])],
  ])('says %s of %s', async (reason, _, bytes) => {
    await expect(read(bytes)).rejects.toMatchObject({ code: 'unreadable_file', details: { reason } });
  });

  it('says of a protected workbook that it is', async () => {
    const bytes = buildXlsx(table);
    // The flag in the directory's entry of the file that is read first.
    const at = bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    bytes.writeUInt16LE(1, at + 8);
    await expect(read(bytes)).rejects.toMatchObject({ details: { reason: 'old_or_protected' } });
  });

  it('is seen to be too long, without reading all of it', async () => {
    const long = Array.from({ length: 30_000 }, (_, at) => [`Thing ${at}`, at / 100]);
    const list = await productsOf(buildXlsx([['title', 'price'], ...long]));
    expect(list.products.length).toBeGreaterThan(10_000);
    expect(list.products.length).toBeLessThan(10_200);
  });

  it('takes what is given back, whatever it is', async () => {
    const title = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
      .map((text) => `T${text.replace(/[\p{C}\uFFFE\uFFFF]/gu, '')}`);
    const rows = fc.array(fc.tuple(title, fc.integer({ min: 1, max: 10_000_000 })), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom('shared', 'inline', 'formula'), async (given, texts) => {
        const cells = given.map(([text, cents]) => [text, cents / 100]);
        const list = await productsOf(buildXlsx([['title', 'price'], ...cells], { texts }));
        const wanted = given.map(([text, cents]) => [text.replace(/\s+/gu, ' ').trim(), cents]);
        expect(list.products.map(({ title: text, price_cents: cents }) => [text, cents])).toEqual(wanted);
      }),
      { numRuns: 50 },
    );
  });

  it('of any bytes is text or an error of its own', async () => {
    const whole = buildXlsx(table);
    const changed = fc
      .array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 })
      .map((changes) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of changes) bytes[at] = value;
        return bytes;
      });
    await fc.assert(
      fc.asyncProperty(changed, async (bytes) => {
        const answer = await read(bytes).catch((error: unknown) => error);
        if (typeof answer !== 'string') expect(answer).toMatchObject({ code: 'unreadable_file' });
      }),
    );
  });
});

const python = (code: string, ...args: string[]): string =>
  execFileSync('python3', ['-c', code, ...args], { encoding: 'utf8', stdio: 'pipe' });
const has = (library: string): boolean => {
  try {
    python(`import ${library}`);
    return true;
  } catch {
    return false;
  }
};

const writers: [library: string, code: string][] = [
  [
    'openpyxl',
    `import sys, openpyxl, json
book = openpyxl.Workbook()
sheet = book.active
for row in json.loads(sys.argv[2]): sheet.append(row)
book.save(sys.argv[1])`,
  ],
  [
    'xlsxwriter',
    `import sys, xlsxwriter, json
book = xlsxwriter.Workbook(sys.argv[1])
sheet = book.add_worksheet()
for at, row in enumerate(json.loads(sys.argv[2])): sheet.write_row(at, 0, [cell for cell in row])
book.close()`,
  ],
];
for (const [library, code] of writers) {
  const there = has(library);
  describe.skipIf(!there)(`a workbook written by ${library}${there ? '' : ' (skipped: it is not installed)'}`, () => {
    it('is read like any other', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'sellerdex-xlsx-'));
      const file = join(folder, 'list.xlsx');
      python(code, file, JSON.stringify(table));
      expect(shown(await productsOf(readFileSync(file)))).toEqual(products);
      rmSync(folder, { recursive: true });
    });
  });
}
