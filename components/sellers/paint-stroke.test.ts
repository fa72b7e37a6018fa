import { expect, it } from 'vitest';
import type { SellerRow } from '#lib/query/query.ts';
import { beginStroke, createPaintedRows, strokeTo } from './paint-stroke.ts';

const rows = Array.from({ length: 10 }, (_, at) => ({ no: 100 - at, flagged: at % 3 === 0 }) as SellerRow);
const rowAt = (index: number) => rows[index];

it('does what the first row decides, to every row on the way there and back', () => {
  const first = rows[4] as SellerRow;
  const up = strokeTo(strokeTo(beginStroke(4, first), 1, rowAt), 3, rowAt);
  expect([up.flagged, [...up.nos].toSorted()]).toEqual([true, [96, 97, 98, 99]]);
  const down = strokeTo(beginStroke(3, rows[3] as SellerRow), 6, rowAt);
  expect([down.flagged, [...down.nos].toSorted()]).toEqual([false, [94, 95, 96, 97]]);
});

it('leaves out what went by under the pointer', () => {
  const scrolled = beginStroke(null, rows[1] as SellerRow);
  expect([...strokeTo(strokeTo(scrolled, 7, rowAt), 8, rowAt).nos]).toEqual([99, 93, 92]);
});

it('leaves out rows that are still being read', () => {
  expect([...strokeTo(beginStroke(8, rows[8] as SellerRow), 12, rowAt).nos]).toEqual([92, 91]);
});

it('shows the painted rows so, each as one object', () => {
  const paint = createPaintedRows();
  const stroke = strokeTo(beginStroke(1, rows[1] as SellerRow), 4, rowAt);
  expect(rows.map((row) => paint(stroke, row).flagged)).toEqual(
    rows.map((row, at) => row.flagged || (at > 0 && at < 5)),
  );
  expect(paint(stroke, rows[2] as SellerRow)).toBe(paint(stroke, rows[2] as SellerRow));
  expect(paint(stroke, rows[3] as SellerRow)).toBe(rows[3]);
  expect(paint(null, rows[2] as SellerRow)).toBe(rows[2]);
});
