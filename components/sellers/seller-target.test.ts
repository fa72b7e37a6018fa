import { expect, it } from 'vitest';
import { everythingSelected, nothingSelected } from '#components/grid/selection.ts';
import { runsOf } from '#lib/shared/number-runs.ts';
import { copyNames, namesOf } from './copy-names.ts';
import { targetOf } from './seller-target.ts';

const seller = (no: number) => ({ no, id: String(no), display_name: `seller ${no}`, flagged: no > 1 });
const rows = [1, 2, 3].map(seller);
const some = (...nos: number[]) => ({ kind: 'some', runs: runsOf(nos) }) as const;

it('acts on the seller in focus, and on the selected ones when it is of them or none is in focus', () => {
  const of = (focused: number | null, selection: Parameters<typeof targetOf>[0]['selection']) => {
    const found = targetOf({ focused: focused === null ? null : seller(focused), selection, total: 3, rows });
    return found === null ? null : [found.seller?.no ?? null, found.count, found.lead?.no ?? null];
  };
  expect(of(null, nothingSelected)).toBeNull();
  expect(of(2, nothingSelected)).toEqual([2, 1, 2]);
  expect(of(2, some(1, 3))).toEqual([2, 1, 2]);
  expect(of(3, some(1, 3))).toEqual([null, 2, 3]);
  expect(of(2, some(2))).toEqual([2, 1, 2]);
  expect(of(null, some(3))).toEqual([null, 1, 3]);
  expect(of(null, some(7, 8))).toEqual([null, 2, null]);
  expect(of(1, everythingSelected)).toEqual([null, 3, 1]);
});

it.each([
  ['texts', true],
  ['Blobs alone', false],
])('copies names, one a line, where an item takes %s', async (_, takesText) => {
  async function* batches() {
    for (const row of rows) yield [row];
  }
  // A clipboard that takes what it is given.
  const { ClipboardItem: before } = globalThis;
  type Items = Record<string, Promise<Blob | string> | string>;
  globalThis.ClipboardItem = class {
    readonly items: Items;
    constructor(items: Items) {
      this.items = items;
    }
    getType = async () => (takesText ? new Blob([]) : Promise.reject(new TypeError('not a Blob')));
  } as unknown as typeof ClipboardItem;
  let data: Blob | string | undefined;
  const clipboard = {
    write: async ([item]: ClipboardItems) => {
      data = await (item as unknown as { items: Items }).items['text/plain'];
    },
  };
  expect(await copyNames(clipboard, namesOf(batches()))).toBe(3);
  expect(data instanceof Blob).toBe(!takesText);
  expect(await new Response(data).text()).toBe('seller 1\nseller 2\nseller 3');
  const refusing = { write: () => Promise.reject(new DOMException('no', 'NotAllowedError')) };
  await expect(copyNames(refusing, namesOf(batches()))).rejects.toMatchObject({ code: 'clipboard_refused' });
  globalThis.ClipboardItem = before;
});
