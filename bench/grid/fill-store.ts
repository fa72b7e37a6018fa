import { createSellers } from '#bench/store/made-sellers.ts';
import { applyPull } from '#lib/store/apply-pull.ts';
import { decodeRows } from '#lib/store/page-codec.ts';
import { createReader } from '#lib/store/reader.ts';
import { openWriter } from '#lib/store/writer.ts';
import { sellers } from '#lib/tables/sellers.ts';
import type { GridRow } from './rows.ts';

export const STORE = 'bench-grid';

/** Writes the rows as a first sync does. */
export async function fillStore(rows: number): Promise<void> {
  const writer = await openWriter(STORE);
  for (const answer of createSellers(rows).snapshot()) await applyPull(writer.base, 'sellers', answer);
  writer.close();
}

/** The newest page of them, for those that draw what they are given: the least that there is to read. */
export async function newestRows(): Promise<GridRow[]> {
  const reader = createReader(STORE);
  const page = (await reader.highestPage('sellers', Infinity)) ?? 0;
  const records = await reader.readPageRange('sellers', page, page + 1);
  reader.close();
  return records.flatMap(({ packed }) => decodeRows(sellers, packed) as unknown as GridRow[]).reverse();
}
