import fc from 'fast-check';
import Papa from 'papaparse';
import { expect, it } from 'vitest';
import { cleanName, nameProblem, normalizeName } from '#lib/domain/seller.ts';
import { textOfCell } from '#lib/shared/csv-cell.ts';
import { firstLines, MAX_LINES, parseSellerLines, textOfNames } from './seller-lines.ts';

const short = (text: string) => parseSellerLines(text).map(({ line, name, problem }) => [line, name, problem]);

it('takes one name a line, whatever is around it, and says what is wrong with which', () => {
  const long = 'x'.repeat(201);
  expect(short(`  first_shop \r\n\r\nSecond  Shop\nFIRST_SHOP\n${long}\n"quoted, one"\n`)).toEqual([
    [1, 'first_shop', null],
    [3, 'Second Shop', null],
    [4, 'FIRST_SHOP', 'twice'],
    [5, long, 'too_long'],
    [6, 'quoted, one', null],
  ]);
});

it('takes the name out of addresses of eBay', () => {
  expect(short('https://www.ebay.com/usr/shop%21one?x=1\nwww.ebay.de/usr/shop2')).toEqual([
    [1, 'shop!one', null],
    [2, 'shop2', null],
  ]);
});

it('takes the column of names out of CSV', () => {
  expect(short('note,Seller\nlate,shop1\n"a, b",shop2\n,\nx,')).toEqual([
    [2, 'shop1', null],
    [3, 'shop2', null],
    [5, '', 'empty'],
  ]);
  expect(short('shop1;12\nshop2;13')).toEqual([
    [1, 'shop1', null],
    [2, 'shop2', null],
  ]);
});

it('reads any names out of CSV that another program wrote', () => {
  const name = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
    // Behind an apostrophe, what a spreadsheet takes for a formula is read as our own exports mean it.
    .filter((text) => nameProblem(text) === null && textOfCell(text) === text);
  fc.assert(
    fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 8, selector: normalizeName }), (names) => {
      const text = Papa.unparse(names.map((display_name) => ({ no: 1, display_name })));
      expect(parseSellerLines(text).map((line) => line.name)).toEqual(names.map(cleanName));
    }),
  );
});

it('reads no more of a text than is taken at once, and says when there is more', () => {
  for (const end of ['\n', '\r\n', '\r']) {
    const full = `name${end}`.repeat(MAX_LINES + 1);
    expect(firstLines(full)).toEqual({ text: full, isCut: false });
    expect(firstLines(`${full}${end}  ${end}`)).toEqual({ text: full, isCut: false });
    expect(firstLines(`${full}one more`)).toEqual({ text: full, isCut: true });
  }
  expect(firstLines('')).toEqual({ text: '', isCut: false });
});

it('reads names back from the text of those that were not added', () => {
  const names = ['plain', 'a, b', 'c;d', 'say "so"', '=sum', "'quoted"];
  expect(parseSellerLines(textOfNames(names)).map(({ name }) => name)).toEqual(names);
});
