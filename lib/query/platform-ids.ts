import type { Ends, Nulls } from '#lib/store/packed-page.ts';
import { endsOf, isNullAt } from '#lib/store/packed-page.ts';
import type { PackedPage } from '#lib/store/page-codec.ts';
import { checkPage } from '#lib/store/page-codec.ts';
import type { StoreReader } from '#lib/store/reader.ts';
import type { OutboxEntry, StoredRow } from '#lib/store/types.ts';
import { PAGE_ROWS } from '#lib/store/types.ts';
import { sellers } from '#lib/tables/sellers.ts';
import { createBaseFollower } from './base-follower.ts';
import type { Query } from './query.ts';

/**
 * The ids that eBay gives sellers, by handle, as the store has them. The columns do not hold them, because few ask for
 * them: they are read when somebody does, and given up when nobody does any more.
 */
export interface PlatformIds {
  /** Null where there is none, undefined until they are read. */
  get(no: number): string | null | undefined;
  /** Resolves when they are there, to whether they were not before. */
  load(): Promise<boolean>;
  /** Takes in what was written since they were read; `isWanted`: or gives them up. */
  refresh(isWanted: boolean): Promise<void>;
}

export function createPlatformIds(reader: StoreReader): PlatformIds {
  let ids: StoredIds | null = null;
  let loading: Promise<StoredIds> | null = null;
  return {
    get: (no) => ids?.get(no),
    async load() {
      if (ids !== null) return false;
      loading ??= readIds(reader);
      try {
        const read = await loading;
        // Whoever follows the store had nobody to tell meanwhile.
        await read.refresh();
        ids = read;
      } finally {
        loading = null;
      }
      return true;
    },
    async refresh(isWanted) {
      if (isWanted) await ids?.refresh();
      else ids = null;
    },
  };
}

/** Whether a query cannot be answered without them. */
export function asksForPlatformId({ where }: Query): boolean {
  return where.some(({ column }) => column === 'platform_id');
}

interface StoredIds {
  get(no: number): string | null;
  refresh(): Promise<void>;
}

interface PageIds {
  readonly offsets: Uint16Array;
  readonly text: string;
  readonly ends: Ends;
  readonly nulls: Nulls;
}

/** Reads all pages; their texts are kept as they are packed. */
async function readIds(reader: StoreReader): Promise<StoredIds> {
  const follower = createBaseFollower(reader);
  let pages = new Map<number, PageIds>();
  /** Of rows that were written since their page. */
  let loose = new Map<number, string | null>();
  let unsent: ReadonlyMap<number, string | null> = new Map();

  async function load(): Promise<void> {
    const read: typeof pages = new Map();
    const changed: typeof loose = new Map();
    let waiting = unsent;
    for await (const { outbox, pages: some, rows } of follower.load(() => undefined)) {
      waiting = idsInOutbox(outbox);
      for (const packed of some) read.set(packed.page, idsOfPage(packed));
      for (const row of rows) changed.set(row.no, idOfRow(row));
    }
    pages = read;
    loose = changed;
    unsent = waiting;
  }

  await load();
  return {
    get(no) {
      const id = unsent.has(no) ? unsent.get(no) : loose.get(no);
      return id === undefined ? idInPage(pages, no) : id;
    },
    async refresh() {
      const step = await follower.next();
      if (step === 'reload') return load();
      unsent = idsInOutbox(step.outbox);
      const rewritten = new Set(step.rewritten);
      for (const no of loose.keys()) if (rewritten.has(Math.floor(no / PAGE_ROWS))) loose.delete(no);
      for (const page of rewritten) pages.delete(page);
      for (const packed of step.pages) pages.set(packed.page, idsOfPage(packed));
      for (const row of step.rows) loose.set(row.no, idOfRow(row));
    },
  };
}

/** Null of a deleted row, brought back here or not: sooner or later the store has nothing of it. */
const idOfRow = ({ platform_id: id, deleted_at: deleted }: StoredRow): string | null =>
  typeof id === 'string' && deleted === null ? id : null;

function idsOfPage(packed: PackedPage): PageIds {
  checkPage(sellers, packed, ['platform_id']);
  const column = packed.columns['platform_id'];
  if (column?.kind !== 'text') return { offsets: new Uint16Array(0), text: '', ends: new Uint16Array(0), nulls: null };
  return { offsets: packed.offsets, text: column.text, ends: endsOf(column), nulls: column.nulls };
}

function idInPage(pages: ReadonlyMap<number, PageIds>, no: number): string | null {
  const page = pages.get(Math.floor(no / PAGE_ROWS));
  const at = page === undefined ? -1 : placeOf(page.offsets, no % PAGE_ROWS);
  if (page === undefined || at < 0 || isNullAt(page.nulls, at)) return null;
  return page.text.slice(page.ends[at - 1] ?? 0, page.ends[at] ?? 0);
}

/** Place of an offset among ascending ones, -1 when it is not there. */
function placeOf(offsets: Uint16Array, offset: number): number {
  let low = 0;
  let high = offsets.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = offsets[middle] ?? 0;
    if (found === offset) return middle;
    if (found < offset) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

function idsInOutbox(entries: readonly OutboxEntry[]): ReadonlyMap<number, string | null> {
  const ids = new Map<number, string | null>();
  for (const { op, targets, data, rows } of entries) {
    if (op !== 'create' && op !== 'update') continue;
    for (const [at, { no }] of targets.entries()) {
      const id = (rows?.[at] ?? data)['platform_id'];
      if (id !== undefined) ids.set(no, typeof id === 'string' ? id : null);
    }
  }
  return ids;
}
