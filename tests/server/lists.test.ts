import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { listAnswer } from '#lib/protocol/list.ts';
import { sellers as sellersTable, type WireSeller } from '#lib/tables/sellers.ts';
import { rowSchema } from '#lib/tables/wire-schemas.ts';
import { addTestMember, engines, type Member, useServer } from './server-under-test.ts';
import { addSellers, pushOne } from './sync-client.ts';

const sortColumns = sellersTable.sort.columns;

async function list(
  member: Member,
  query: Record<string, string>,
): Promise<{ items: WireSeller[]; next: string | null }> {
  const answer = await member.get(`/sellers?${new URLSearchParams(query)}`);
  const { items, next_cursor } = listAnswer.parse(answer.body);
  return { items: items.map((row) => rowSchema(sellersTable).parse(row)), next: next_cursor };
}

describe.each(engines)('lists on %s', (engine) => {
  const server = useServer(engine);
  let member: Member;
  beforeAll(async () => {
    member = await addTestMember(server.current);
    const ids = await addSellers(
      member,
      Array.from({ length: 40 }, (_, n) => `${n % 2 === 0 ? 'Even' : 'apart'}_${n % 7}_${n}`),
    );
    for (const [n, id] of ids.entries()) {
      const data = {
        feedback_count: n % 3 === 0 ? null : n % 5,
        feedback_percent: n % 4 === 0 ? null : 90 + (n % 3) / 10,
        flagged: n % 6 === 0,
      };
      await pushOne(member, { op: 'update', record_ids: [id], data });
    }
    await pushOne(member, { op: 'delete', record_ids: ids.slice(0, 3) });
  });

  test('every sort column, order and page size gives each live row once, in order, nulls last', async () => {
    const all = new Map((await list(member, { limit: '1000' })).items.map((row) => [row.id, row]));
    expect(all.size).toBe(37);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...sortColumns),
        fc.constantFrom('asc', 'desc'),
        fc.integer({ min: 4, max: 20 }),
        async (sort, order, limit) => {
          const rows: WireSeller[] = [];
          let cursor: string | null = '';
          while (cursor !== null) {
            const page: Awaited<ReturnType<typeof list>> = await list(member, {
              sort,
              order,
              limit: String(limit),
              ...(cursor === '' ? {} : { cursor }),
            });
            rows.push(...page.items);
            cursor = page.next;
          }
          expect(rows.map(({ id }) => id).sort()).toEqual([...all.keys()].sort());
          for (const [index, row] of rows.entries()) {
            const before = rows[index - 1];
            if (before !== undefined) expect(inOrder(before, row, sort, order)).toBe(true);
          }
        },
      ),
      { numRuns: 15 },
    );
  });

  test('search and flagged filter, together too', async () => {
    const even = await list(member, { search: 'EVEN' });
    expect(even.items.every(({ normalized_name }) => normalized_name.startsWith('even'))).toBe(true);
    expect(even.items).toHaveLength(18);
    const both = await list(member, { search: 'even', flagged: 'true' });
    expect(both.items.map(({ flagged }) => flagged)).toEqual([true, true, true, true, true, true]);
    expect((await list(member, { search: "%_'; drop table sellers; --" })).items).toEqual([]);
  });

  test('another column is invalid_sort; a cursor of another question is invalid_cursor', async () => {
    const { status, error } = await member.get('/sellers?sort=field_stamps');
    expect([status, error?.code]).toEqual([400, 'invalid_sort']);
    const { next } = await list(member, { sort: 'display_name', limit: '5' });
    for (const query of [
      'sort=no',
      'sort=display_name&order=desc',
      'sort=display_name&search=x',
      'sort=display_name&flagged=true',
    ]) {
      expect((await member.get(`/sellers?${query}&cursor=${next}`)).error?.code).toBe('invalid_cursor');
    }
    expect((await member.get(`/activity?cursor=${next}`)).error?.code).toBe('invalid_cursor');
    expect((await member.get('/sellers?search=a%00b')).status).toBe(400);
    expect((await member.get('/sellers?colour=red')).error?.code).toBe('invalid_request');
  });

  test('activity lists newest first', async () => {
    const answer = await member.get('/activity?limit=3');
    expect(listAnswer.parse(answer.body).items.map(({ no }) => no)).toEqual([42, 41, 40]);
  });
});

function inOrder(a: WireSeller, b: WireSeller, sort: (typeof sortColumns)[number], order: string): boolean {
  // Names are ordered as the extension orders them: by their normalized form.
  const column = sort === 'display_name' ? 'normalized_name' : sort;
  const [x, y] = [a[column], b[column]];
  if (x === null || y === null) return y === null && (x !== null || (order === 'asc' ? a.no < b.no : a.no > b.no));
  if (x === y) return order === 'asc' ? a.no < b.no : a.no > b.no;
  return order === 'asc' ? x < y : x > y;
}
