import type { StoreReader } from '#lib/store/reader.ts';
import type { PackedPage } from '#lib/store/page-codec.ts';
import type { OutboxEntry, StoredRow } from '#lib/store/types.ts';
import { chunk } from '#lib/shared/chunk.ts';
import { PAGE_ROWS } from '#lib/store/types.ts';

/** What was read in one step. The outbox was read before the rows; what changed since then comes with `next`. */
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

/** Pages of a step. */
const STEP_PAGES = 4;
/** Steps asked for at once: 1,000 pages asked for one after another take Chromium 1.6 s after its start, so 0.4 s. */
const IN_FLIGHT = 6;
/** Of no base: whoever asks for what came after it is to read all. */
const UNKNOWN = -1;
/** Pages read at once when they were written anew. */
const REWRITTEN_PAGES = 8;

export function createBaseFollower(reader: StoreReader): BaseFollower {
  let seq = UNKNOWN;

  async function readPages(pages: readonly number[]): Promise<PackedPage[]> {
    const records = pages.length === 0 ? [] : await reader.readPages('sellers', pages);
    return records.map(({ packed }) => packed);
  }

  async function readRange(from: number, to: number): Promise<PackedPage[]> {
    const records = await reader.readPageRange('sellers', from, to);
    return records.map(({ packed }) => packed);
  }

  return {
    async *load(expect) {
      // What may be asked at once is: a question and its answer take some milliseconds, whatever they are about.
      const [newest, outbox] = await Promise.all([reader.changeSeq(), reader.outbox('sellers')]);
      // Until all is read, what changed since can only be told by reading again.
      seq = UNKNOWN;
      // The pages are not listed: that takes the browser as long as reading all of them.
      const [changed, highest] = await Promise.all([
        reader.changedRows('sellers'),
        reader.highestPage('sellers', Infinity),
      ]);
      expect(((highest ?? -1) + 1) * PAGE_ROWS);
      /** Pages below this one are still to be asked for. */
      let below = (highest ?? -1) + 1;
      /** Changed rows numbered below this one are still to be given. */
      let rowsBelow = Infinity;
      const asked: { readonly from: number; readonly pages: Promise<PackedPage[]> }[] = [];
      const ask = (count: number): void => {
        const from = Math.max(0, below - count);
        const pages = readRange(from, below);
        // A failure is met when they are waited for.
        pages.catch(() => undefined);
        asked.push({ from, pages });
        below = from;
      };
      const stepFrom = (from: number, pages: readonly PackedPage[]): Step => {
        const rows = changed.between(from * PAGE_ROWS, rowsBelow);
        rowsBelow = from * PAGE_ROWS;
        return { outbox, pages, rewritten: [], rows };
      };
      // One page first, so that a screen of rows is there at once; what follows is asked for when somebody wants it.
      if (below > 0) ask(1);
      for (let one = asked.shift(); one !== undefined; one = asked.shift()) {
        const pages = await one.pages;
        if (pages.length > 0) yield stepFrom(one.from, pages);
        else {
          // Numbers are given without large gaps, but all rows of many pages may have been deleted.
          asked.length = 0;
          below = ((await reader.highestPage('sellers', one.from)) ?? -1) + 1;
        }
        while (below > 0 && asked.length < IN_FLIGHT) ask(STEP_PAGES);
      }
      yield stepFrom(0, []);
      seq = newest;
    },
    async next() {
      const outbox = await reader.outbox('sellers');
      const changes = await reader.changesSince('sellers', seq);
      if (changes === 'reload') return 'reload';
      const rows = changes.nos.length === 0 ? [] : await reader.readRowsOf('sellers', changes.nos);
      const pages: PackedPage[] = [];
      for (const some of chunk(changes.pages, REWRITTEN_PAGES)) pages.push(...(await readPages(some)));
      seq = changes.seq;
      // Rows and pages are two reads: which copy of a row is newer is told by its change number.
      return { outbox, pages, rewritten: changes.pages, rows };
    },
  };
}
