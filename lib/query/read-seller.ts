import type { StoreReader } from '#lib/store/reader.ts';
import type { Seller } from '#lib/tables/sellers.ts';
import { sellers } from '#lib/tables/sellers.ts';

export interface ReadSeller {
  readonly seller: Seller;
  /** Whether a change of it is on its way to the server. */
  readonly waiting: boolean;
}

/**
 * One seller with all its fields as the person sees it, unsent changes included; null when it is not there, or
 * deleted. `no`: its handle.
 */
export async function readSeller(
  reader: Pick<StoreReader, 'outbox' | 'readByNo'>,
  no: number,
): Promise<ReadSeller | null> {
  // The outbox first: an entry leaves it only after the base holds its effect.
  const entries = (await reader.outbox('sellers')).flatMap((entry) => {
    const at = entry.targets.findIndex((target) => target.no === no);
    return at < 0 ? [] : [{ entry, at }];
  });
  // The store holds rows of the table's own columns: the codec and the pull have checked them.
  const [stored] = (await reader.readByNo('sellers', [no])) as unknown as Seller[];
  const row = entries.reduce<Seller | null>((before, { entry, at }) => {
    const { op, edited_at } = entry;
    const mutation = { op, id: entry.targets[at]?.id ?? '', data: entry.rows?.[at] ?? entry.data, edited_at };
    return sellers.apply(before, mutation);
  }, stored ?? null);
  if (row === null || row.deleted_at !== null) return null;
  return { seller: { ...row, no }, waiting: entries.some(({ entry }) => entry.state !== 'acknowledged') };
}
