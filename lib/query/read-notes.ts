import type { StoreReader } from '#lib/store/reader.ts';
import type { SellerRow } from './query.ts';

/** By handle. */
export type Notes = ReadonlyMap<number, string | null>;

type NoteReads = Pick<StoreReader, 'outbox' | 'readByNo'>;

/** Notes of those of the rows that have one, by handle: as stored, with what is unsent on top. */
export async function readNotes(reader: NoteReads, rows: readonly SellerRow[]): Promise<Notes> {
  const nos = rows.filter(({ has_note }) => has_note).map(({ no }) => no);
  const notes = new Map<number, string | null>();
  if (nos.length === 0) return notes;
  // The outbox first: an entry leaves it only after the base holds its effect.
  const entries = await reader.outbox('sellers');
  const known = await reader.readByNo(
    'sellers',
    nos.filter((no) => no >= 0),
  );
  for (const { no, note } of known) notes.set(no, typeof note === 'string' ? note : null);
  const wanted = new Map(rows.filter(({ has_note }) => has_note).map(({ id, no }) => [id, no]));
  for (const { op, targets, data, rows: own } of entries) {
    // Of others there may be a million.
    if (op !== 'create' && op !== 'update') continue;
    for (const [at, { id, no }] of targets.entries()) {
      const note = (own?.[at] ?? data)['note'];
      const handle = wanted.get(id) ?? no;
      if (note !== undefined) notes.set(handle, typeof note === 'string' ? note : null);
    }
  }
  return notes;
}
