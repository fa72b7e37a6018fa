import { encodePage } from '#lib/store/page-codec.ts';
import type { StoreReader } from '#lib/store/reader.ts';
import type { AttentionEntry, ChangeRecord, OutboxEntry, PageRecord, StoredRow } from '#lib/store/types.ts';
import { PAGE_ROWS } from '#lib/store/types.ts';
import type { TableName } from '#lib/tables/index.ts';
import { sellers } from '#lib/tables/sellers.ts';

/** A store in memory for the engine's tests: two levels, outbox and change records as the real one has them. */
export interface MemoryStore {
  readonly reader: StoreReader;
  /** What the base holds, tombstones included. */
  readonly base: Map<number, StoredRow>;
  /** Rows of which not even a tombstone is left: a reader that loads now does not know them. */
  readonly forgotten: ReadonlySet<number>;
  outbox: OutboxEntry[];
  attention: AttentionEntry[];
  runs: StoredRow[];
  complete: boolean;
  /** Rows into level two, as a pull of changes writes them. */
  writeRows(rows: readonly StoredRow[]): void;
  /** Rows and tombstones into packed pages, as a snapshot or a pull of many changes of a page writes them. */
  writePages(rows: readonly StoredRow[]): void;
  /** Level two of one page into the page. */
  compact(page: number): void;
  /** Readers must load again. */
  forgetChanges(): void;
}

export function createMemoryStore(): MemoryStore {
  const base = new Map<number, StoredRow>();
  const level2 = new Map<number, StoredRow>();
  const pages = new Map<number, PageRecord>();
  const forgotten = new Set<number>();
  let changes: ChangeRecord[] = [];
  let seq = 0;
  let trimmedTo = 0;

  const note = (changedPages: number[], nos: number[]): void => {
    changes.push({ seq: ++seq, table: 'sellers', pages: changedPages, nos });
  };
  const pack = (page: number): void => {
    const rows = [...base.values()].filter(
      ({ no, deleted_at }) => Math.floor(no / PAGE_ROWS) === page && deleted_at === null,
    );
    const named = new Set(store.outbox.flatMap(({ targets }) => targets.map(({ no }) => no)));
    for (const row of base.values()) {
      if (Math.floor(row.no / PAGE_ROWS) !== page) continue;
      // The model cannot tell what a reader that loads now makes of an edit of a row that is not there.
      const stays = row.deleted_at !== null && named.has(row.no);
      if (stays) level2.set(row.no, row);
      else level2.delete(row.no);
      if (row.deleted_at === null || stays) forgotten.delete(row.no);
      else forgotten.add(row.no);
    }
    if (rows.length === 0) pages.delete(page);
    else pages.set(page, { table: 'sellers', page, packed: encodePage(sellers, page, rows) });
  };
  const only = <T>(table: TableName, value: T, none: T): Promise<T> =>
    Promise.resolve(table === 'sellers' ? value : none);

  /** As the real reader gives them: the same list again while nothing has changed, the same entries in another one. */
  let read: readonly { readonly json: string; readonly entry: OutboxEntry }[] = [];
  let entries: readonly OutboxEntry[] = [];
  const readOutbox = (): readonly OutboxEntry[] => {
    const known = new Map(read.map((one) => [one.json, one]));
    const next = store.outbox.map((entry) => {
      const json = JSON.stringify(entry);
      return known.get(json) ?? { json, entry: structuredClone(entry) };
    });
    const isSame = next.length === read.length && next.every((one, at) => one === read[at]);
    read = next;
    return isSame ? entries : (entries = next.map(({ entry }) => entry));
  };

  const pageNumbers = (): number[] => [...pages.keys()].toSorted((a, b) => b - a);

  const store: MemoryStore = {
    base,
    forgotten,
    outbox: [],
    attention: [],
    runs: [],
    complete: true,
    writeRows(rows) {
      for (const row of rows) {
        base.set(row.no, row);
        level2.set(row.no, row);
        forgotten.delete(row.no);
      }
      note(
        [],
        rows.map(({ no }) => no),
      );
    },
    writePages(rows) {
      for (const row of rows) base.set(row.no, row);
      const touched = [...new Set(rows.map(({ no }) => Math.floor(no / PAGE_ROWS)))];
      for (const page of touched) pack(page);
      note(touched, []);
    },
    compact(page) {
      pack(page);
      note([page], []);
    },
    forgetChanges() {
      trimmedTo = ++seq;
      changes = [];
    },
    reader: {
      pageNumbers: (table) => only(table, pageNumbers(), []),
      highestPage: (table, below) => only(table, pageNumbers().find((page) => page < below) ?? null, null),
      readPageRange: (table, from, to) =>
        only(
          table,
          structuredClone(
            pageNumbers()
              .filter((page) => page >= from && page < to)
              .flatMap((page) => pages.get(page) ?? []),
          ),
          [],
        ),
      readPages: (table, wanted) => only(table, structuredClone(wanted.flatMap((page) => pages.get(page) ?? [])), []),
      readRows: (table) => Promise.resolve(table === 'sellers' ? [...level2.values()] : store.runs),
      changedRows: (table) => {
        const rows = table === 'sellers' ? [...level2.values()] : [];
        return Promise.resolve({ between: (from, to) => rows.filter(({ no }) => no >= from && no < to) });
      },
      readRowsOf: (table, nos) =>
        only(
          table,
          nos.flatMap((no) => level2.get(no) ?? []),
          [],
        ),
      readByNo: (table, nos) =>
        only(
          table,
          nos.flatMap((no) => base.get(no) ?? []),
          [],
        ),
      knownNames: () => Promise.resolve(new Set()),
      outbox: (table) => only(table, readOutbox(), []),
      attention: () => Promise.resolve(store.attention),
      cursor: (table) =>
        Promise.resolve({
          table,
          cursor: '',
          complete: store.complete,
          received: 0,
          remaining: 0,
          version: 0,
          highest: 0,
        }),
      changeSeq: () => Promise.resolve(seq),
      changesSince: (_table, since) => {
        if (since < trimmedTo) return Promise.resolve('reload');
        const newer = changes.filter((change) => change.seq > since);
        return Promise.resolve({
          seq,
          pages: newer.flatMap((change) => change.pages),
          nos: newer.flatMap((change) => change.nos),
        });
      },
      onChange: () => () => undefined,
      close: () => undefined,
    },
  };
  return store;
}
