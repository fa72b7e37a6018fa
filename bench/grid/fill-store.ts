import { createSellers } from '#bench/store/made-sellers.ts';
import { applyPull } from '#lib/store/apply-pull.ts';
import { openWriter } from '#lib/store/writer.ts';

export const STORE = 'bench-grid';

/** Writes the rows as a first sync does. */
export async function fillStore(rows: number): Promise<void> {
  const writer = await openWriter(STORE);
  for (const answer of createSellers(rows).snapshot()) await applyPull(writer.base, 'sellers', answer);
  writer.close();
}
