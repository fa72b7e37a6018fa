import { decodeRows } from '#lib/store/page-codec.ts';
import type { StoreReader } from '#lib/store/reader.ts';
import { PAGE_ROWS } from '#lib/store/types.ts';
import { type Activity, activity } from '#lib/tables/activity.ts';

type Reads = Pick<StoreReader, 'pageNumbers' | 'readPages' | 'readRows' | 'changeSeq' | 'changesSince'>;

export interface Entries {
  /** Newest first. */
  entries: Activity[];
  /** Whether these are all that there are. */
  complete: boolean;
}

const readers = new WeakMap<Reads, (pages: number) => Promise<Entries>>();

/** The reader of this store's audit trail, one for as long as the store is open. */
export function entriesReaderOf(reader: Reads): (pages: number) => Promise<Entries> {
  const known = readers.get(reader);
  if (known !== undefined) return known;
  const made = createEntriesReader(reader);
  readers.set(reader, made);
  return made;
}

/**
 * The audit trail of the local data from its newest entry on. Years of it may be there, so it is read as far
 * back as asked for; packed pages that were read once are kept while nothing in them changes.
 */
export function createEntriesReader(reader: Reads): (pages: number) => Promise<Entries> {
  const decoded = new Map<number, Activity[]>();
  let seq: number | null = null;
  let last: { pages: number; entries: Entries } | null = null;

  /** Whether pages were written since the last call. */
  async function forgetChanged(): Promise<boolean> {
    const changes = seq === null ? null : await reader.changesSince(activity.name, seq);
    if (changes === null || changes === 'reload') {
      seq = await reader.changeSeq();
      decoded.clear();
      last = null;
      return true;
    }
    seq = changes.seq;
    for (const page of changes.pages) decoded.delete(page);
    if (changes.pages.length + changes.nos.length > 0) last = null;
    return changes.pages.length > 0;
  }

  async function readRows(tries = 3): Promise<Activity[]> {
    // The store holds rows of the table's own columns: the codec and the pull have checked them.
    const changed = (await reader.readRows(activity.name)) as unknown as Activity[];
    // Compaction moves rows into pages: those that were known before it have them not.
    return (await forgetChanged()) && tries > 1 ? readRows(tries - 1) : changed;
  }

  return async (pages) => {
    await forgetChanged();
    // During a run the store is written every second, and hardly ever this table.
    if (last?.pages === pages) return last.entries;
    // Rows first: so a row that is moved meanwhile may be seen twice, never not at all.
    const changed = await readRows();
    const numbers = await reader.pageNumbers(activity.name);
    const wanted = numbers.slice(0, pages);
    const missing = wanted.filter((page) => !decoded.has(page));
    // One at a time: unpacking many would hold the page up.
    for (const number of missing)
      for (const { page, packed } of await reader.readPages(activity.name, [number]))
        decoded.set(page, decodeRows(activity, packed) as unknown as Activity[]);
    const complete = wanted.length === numbers.length;
    const oldest = complete ? 0 : (wanted.at(-1) ?? (numbers[0] ?? 0) + 1) * PAGE_ROWS;
    const byNo = new Map(wanted.flatMap((page) => decoded.get(page) ?? []).map((entry) => [entry.no, entry]));
    for (const entry of changed) if ((byNo.get(entry.no)?.version ?? 0) <= entry.version) byNo.set(entry.no, entry);
    const entries = [...byNo.values()]
      .filter(({ no, deleted_at: deletedAt }) => no >= oldest && deletedAt === null)
      .sort((one, other) => other.no - one.no);
    last = { pages, entries: { entries, complete } };
    return last.entries;
  };
}
