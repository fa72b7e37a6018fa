import { decodeRows } from '#lib/store/page-codec.ts';
import { createReader } from '#lib/store/reader.ts';
import { sellers } from '#lib/tables/sellers.ts';
import type { GridRow } from './rows.ts';
import { STORE } from './subject.ts';

/** The newest page of the store, for those that draw what they are given: the least that there is to read. */
export async function newestRows(): Promise<GridRow[]> {
  const reader = createReader(STORE);
  const page = (await reader.highestPage('sellers', Infinity)) ?? 0;
  const records = await reader.readPageRange('sellers', page, page + 1);
  reader.close();
  return records.flatMap(({ packed }) => decodeRows(sellers, packed) as unknown as GridRow[]).reverse();
}
