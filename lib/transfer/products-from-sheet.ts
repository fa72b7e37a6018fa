import Papa from 'papaparse';
import { parsePrice } from '#lib/domain/price-text.ts';
import type { ProductColumn } from '#lib/domain/product-list.ts';
import { productColumn } from '#lib/domain/product-list.ts';
import { unreadableFile } from './unreadable-file.ts';

/** A header may stand below a title and a date. */
const ROWS_ABOVE_HEADER = 20;
/** How many rows are looked at to tell what a column without a name holds. */
const ROWS_LOOKED_AT = 200;

const columns: readonly ProductColumn[] = ['title', 'price', 'asin', 'currency'];
type Places = ReadonlyMap<ProductColumn, number>;

/**
 * A sheet's products as CSV with the columns title, price, asin and currency. They are found by their names,
 * else by what they hold. Throws `unreadable_file` when nothing there is a title.
 */
export function productsFromSheet(rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) throw unreadableFile('empty');
  const header = rows
    .slice(0, ROWS_ABOVE_HEADER)
    .findIndex((row) => row.some((cell) => productColumn(cell) === 'title'));
  const places = header === -1 ? guessPlaces(rows) : namedPlaces(rows[header] ?? []);
  const kept = columns.filter((column) => places.has(column));
  const products = rows
    .slice(header + 1)
    .map((row) => kept.map((column) => row[places.get(column) ?? -1] ?? ''))
    .filter((cells) => cells.some((cell) => cell !== ''));
  return Papa.unparse([kept, ...products], { newline: '\n' });
}

function namedPlaces(header: readonly string[]): Places {
  const places = new Map<ProductColumn, number>();
  for (const [at, cell] of header.entries()) {
    const column = productColumn(cell);
    if (column !== null && !places.has(column)) places.set(column, at);
  }
  return places;
}

/** Titles are the longest texts that are no numbers; prices are what can mostly be read as such, ASINs what looks so. */
function guessPlaces(rows: readonly (readonly string[])[]): Places {
  const sample = rows.slice(0, ROWS_LOOKED_AT);
  const width = Math.max(...sample.map((row) => row.length));
  const cellsByColumn = Array.from({ length: width }, (_, at) =>
    sample.map((row) => row[at] ?? '').filter((cell) => cell !== ''),
  );
  const isPrice = (cell: string): boolean => parsePrice(cell) !== null;
  const isAsin = (cell: string): boolean => /^(?=.*\d)[A-Z0-9]{10}$/.test(cell);
  const mostly = (cells: readonly string[], holds: (cell: string) => boolean): boolean =>
    cells.length > 0 && cells.filter(holds).length * 2 > cells.length;
  const lengths = cellsByColumn.map((cells) =>
    mostly(cells, isPrice) || mostly(cells, isAsin) ? 0 : cells.reduce((sum, cell) => sum + cell.length, 0),
  );
  const title = lengths.indexOf(Math.max(...lengths));
  if ((lengths[title] ?? 0) === 0) throw unreadableFile('no_titles');
  const places = new Map<ProductColumn, number>([['title', title]]);
  const price = cellsByColumn.findIndex(
    (cells) => mostly(cells, isPrice) && !mostly(cells, isAsin) && !isCounter(cells),
  );
  const asin = cellsByColumn.findIndex((cells) => mostly(cells, isAsin));
  if (price !== -1) places.set('price', price);
  if (asin !== -1) places.set('asin', asin);
  return places;
}

/** 1, 2, 3 … numbers the rows. */
function isCounter(cells: readonly string[]): boolean {
  return cells.length > 1 && cells.every((cell, at) => Number(cell) === Number(cells[0]) + at);
}
