import Papa from 'papaparse';
import { parsePrice, pricePattern } from './price-text.ts';

export interface ListProduct {
  title: string;
  price_cents: number | null;
  currency: string | null;
  asin: string | null;
}

export interface ProductList {
  products: ListProduct[];
  /** Lines that were left out, numbered from 1. */
  problems: { line: number; reason: 'no_title' | 'title_too_long' | 'price_not_understood' }[];
}

export type ProductColumn = 'title' | 'price' | 'asin' | 'currency';

const MAX_TITLE = 500;
const headers: Readonly<Record<string, ProductColumn>> = {
  title: 'title',
  product: 'title',
  name: 'title',
  product_title: 'title',
  product_name: 'title',
  price: 'price',
  product_price: 'price',
  asin: 'asin',
  product_id: 'asin',
  currency: 'currency',
};

/** What a column of that name holds; null for one that no list has. */
export function productColumn(header: string): ProductColumn | null {
  const name = header.trim().toLowerCase().replace(/\s+/g, '_');
  return Object.hasOwn(headers, name) ? (headers[name] ?? null) : null;
}

/**
 * Products from pasted lines ("title, price" or a title alone) or from CSV whose first line names
 * its columns (title, price, asin, currency in any order). A product whose price cannot be read
 * stays in the list without one and is named in `problems`.
 */
export function parseProductList(text: string, dollar = 'USD'): ProductList {
  const list: ProductList = { products: [], problems: [] };
  const table = parseTable(text);
  const columns = table[0]?.map(productColumn);
  if (columns?.includes('title')) {
    table.slice(1).forEach((cells, at) => {
      const cell = (name: string): string => cells[columns.indexOf(name as 'title')]?.trim() ?? '';
      add(
        list,
        at + 2,
        { title: cell('title'), price: cell('price'), asin: cell('asin'), currency: cell('currency') },
        dollar,
      );
    });
    return list;
  }
  text.split(/\r?\n/).forEach((line, at) => {
    if (line.trim() !== '') add(list, at + 1, splitLine(line.trim()), dollar);
  });
  return list;
}

function parseTable(text: string): string[][] {
  return Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { skipEmptyLines: 'greedy', header: false }).data;
}

interface Cells {
  title: string;
  price: string;
  asin: string;
  currency: string;
}

const pricedLine = new RegExp(`^(.+?)\\s*[,;|\\t]\\s*(${pricePattern})$`, 'u');

// Titles hold commas themselves, and so do prices: the price is the longest one that ends the line.
function splitLine(line: string): Cells {
  const quoted = line.startsWith('"') ? parseTable(line)[0] : undefined;
  if (quoted && quoted.length > 1)
    return { title: quoted[0]?.trim() ?? '', price: quoted[1]?.trim() ?? '', asin: '', currency: '' };
  const plain = quoted?.[0] ?? line;
  const match = pricedLine.exec(plain);
  return { title: (match?.[1] ?? plain).trim(), price: match?.[2] ?? '', asin: '', currency: '' };
}

function add(list: ProductList, line: number, cells: Cells, dollar: string): void {
  if (cells.title === '') {
    list.problems.push({ line, reason: 'no_title' });
    return;
  }
  if (cells.title.length > MAX_TITLE) {
    list.problems.push({ line, reason: 'title_too_long' });
    return;
  }
  const price = cells.price === '' ? null : parsePrice(cells.price, dollar);
  if (price === null && cells.price !== '') list.problems.push({ line, reason: 'price_not_understood' });
  const currency = /^[A-Z]{3}$/i.test(cells.currency) ? cells.currency.toUpperCase() : null;
  list.products.push({
    title: cells.title,
    price_cents: price?.price_cents ?? null,
    currency: price === null ? null : (price.currency ?? currency),
    asin: /^[A-Z0-9]{10}$/i.test(cells.asin) ? cells.asin.toUpperCase() : null,
  });
}
