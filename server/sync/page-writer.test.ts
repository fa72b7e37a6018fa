import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { createPageWriter } from './page-writer.ts';

const json = sql<string>`null`;
const rows = { lists: [{ before: '"items":', json }], after: '' };
const columns = {
  lists: [
    { before: '"columns":{"no":', json },
    { before: ',"name":', json },
  ],
  after: '}',
};

function written(page: typeof rows, parts: readonly (readonly string[])[]): { writes: string[]; body: unknown } {
  const writes: string[] = [];
  const writer = createPageWriter(page, { write: (pieces) => writes.push(Buffer.concat(pieces).toString()) });
  for (const part of parts) writer.take(part);
  writer.end({ has_more: false });
  return { writes, body: JSON.parse(writes.join('')) };
}

describe('a page in parts', () => {
  it('is one list of rows', () => {
    const { body } = written(rows, [['[{"no":3},{"no":2}]'], ['[{"no":1}]']]);
    expect(body).toEqual({ items: [{ no: 3 }, { no: 2 }, { no: 1 }], has_more: false });
  });

  it('is one list for each column', () => {
    const parts = [
      ['[3,2]', '["店","[]"]'],
      ['[1]', '[null]'],
    ];
    expect(written(columns, parts).body).toEqual({
      columns: { no: [3, 2, 1], name: ['店', '[]', null] },
      has_more: false,
    });
  });

  it('without rows has its lists all the same', () => {
    expect(written(rows, [[]]).body).toEqual({ items: [], has_more: false });
    expect(written(columns, [[]]).body).toEqual({ columns: { no: [], name: [] }, has_more: false });
  });

  it('gives its first list away as it comes', () => {
    const { writes } = written(columns, [
      ['[2]', '["b"]'],
      ['[1]', '["a"]'],
    ]);
    expect(writes.slice(0, 3).join('')).toBe('{"columns":{"no":[2,1');
  });
});
