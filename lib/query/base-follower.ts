import type { StoreReader } from '#lib/store/reader.ts';
import type { PackedPage } from '#lib/store/page-codec.ts';
import type { OutboxEntry, StoredRow } from '#lib/store/types.ts';
import { chunk } from '#lib/shared/chunk.ts';
import { PAGE_ROWS } from '#lib/store/types.ts';

/** What was read in one step. The outbox was read before the rows. */
export interface Step {
  readonly outbox: readonly OutboxEntry[];
  readonly pages: readonly PackedPage[];
  /** Numbers of pages that were written anew: what they had and have no longer was deleted. */
  readonly rewritten: readonly number[];
  readonly rows: readonly StoredRow[];
}

/** Reads the sellers of the store, newest first and piece by piece, and then what changes. */
export interface BaseFollower {
  /** The whole table; call again to start over. `expect` tells the highest row number that a page may have before the first step. */
  load(expect: (highestNo: number) => void): AsyncGenerator<Step>;
  /** What was written since the last call, or `reload` when only loading again can tell. */
  next(): Promise<Step | 'reload'>;
}

// One page first, so that a screen of rows is there at once; then more at a time.
const FIRST_STEP = 1;
const LARGEST_STEP = 8;

export function createBaseFollower(reader: StoreReader): BaseFollower {
  let seq = 0;

  async function readPages(pages: readonly number[]): Promise<PackedPage[]> {
    const records = pages.length === 0 ? [] : await reader.readPages('sellers', pages);
    return records.map(({ packed }) => packed);
  }

  /** Those of `count` page numbers below this one that there are, highest first. */
  async function readBelow(below: number, count: number): Promise<PackedPage[]> {
    const records = below <= 0 ? [] : await reader.readPageRange('sellers', Math.max(0, below - count), below);
    return records.map(({ packed }) => packed);
  }

  return {
    async *load(expect) {
      // What may be asked at once is: a question and its answer take some milliseconds, whatever they are about.
      const [newest, outbox] = await Promise.all([reader.changeSeq(), reader.outbox('sellers')]);
      seq = newest;
      // The pages are not listed: that takes the browser as long as reading all of them.
      const [changed, highest] = await Promise.all([
        reader.readRows('sellers'),
        reader.highestPage('sellers', Infinity),
      ]);
      expect(((highest ?? -1) + 1) * PAGE_ROWS);
      yield { outbox, pages: [], rewritten: [], rows: changed };
      let size = FIRST_STEP;
      let below = (highest ?? -1) + 1;
      let reading = readBelow(below, size);
      while (below > 0) {
        const read = await reading;
        below -= size;
        // Numbers are given without large gaps, but whole pages of rows may have been deleted.
        if (read.length === 0) below = ((await reader.highestPage('sellers', below)) ?? -1) + 1;
        size = Math.min(size * 2, LARGEST_STEP);
        // The next are read while these are taken in. A failure is met when they are waited for.
        reading = readBelow(below, size);
        reading.catch(() => undefined);
        if (read.length > 0) yield { outbox, pages: read, rewritten: [], rows: [] };
      }
    },
    async next() {
      const outbox = await reader.outbox('sellers');
      const changes = await reader.changesSince('sellers', seq);
      if (changes === 'reload') return 'reload';
      const rows = changes.nos.length === 0 ? [] : await reader.readRowsOf('sellers', changes.nos);
      const pages: PackedPage[] = [];
      for (const some of chunk(changes.pages, LARGEST_STEP)) pages.push(...(await readPages(some)));
      seq = changes.seq;
      // Rows and pages are two reads: which copy of a row is newer is told by its change number.
      return { outbox, pages, rewritten: changes.pages, rows };
    },
  };
}
