import type { StoreReader } from '#lib/store/reader.ts';
import type { OutboxEntry } from '#lib/store/types.ts';
import type { Seller } from '#lib/tables/sellers.ts';

/** Fields that the query engine does not keep, because they can be long or nobody filters by them. */
export type StoredFields = Pick<Seller, 'note' | 'platform_id'>;

/** Those of some sellers, with what is unsent, by handle. The outbox first: an entry leaves it once the base has its effect. */
export async function readStoredFields(
  reader: Pick<StoreReader, 'outbox' | 'readByNo'>,
  nos: readonly number[],
): Promise<Map<number, StoredFields>> {
  const unsent = await reader.outbox('sellers');
  const rows = await reader.readByNo(
    'sellers',
    nos.filter((no) => no >= 0),
  );
  const found = new Map<number, StoredFields>();
  for (const row of rows) found.set(row.no, picked(row));
  const wanted = new Set(nos);
  for (const entry of unsent) {
    // Of others there may be a million.
    if (entry.op !== 'create' && entry.op !== 'update') continue;
    entry.targets.forEach(({ no }, at) => {
      if (wanted.has(no)) found.set(no, picked(dataOf(entry, at), found.get(no)));
    });
  }
  return found;
}

function dataOf({ data, rows }: OutboxEntry, at: number): Record<string, unknown> {
  return rows?.[at] ?? data;
}

function picked(row: object, otherwise: StoredFields = { note: null, platform_id: null }): StoredFields {
  const { note = otherwise.note, platform_id = otherwise.platform_id } = row as Partial<StoredFields>;
  return { note, platform_id };
}
