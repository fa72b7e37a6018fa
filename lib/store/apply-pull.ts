import { AppError } from '#lib/shared/app-error.ts';
import type { PullPage } from '#lib/protocol/pull.ts';
import type { TableName } from '#lib/tables/index.ts';
import { tables } from '#lib/tables/index.ts';
import type { BaseDatabase } from './base-database.ts';
import { logChange } from './change-log.ts';
import { noteNames } from './fold-names.ts';
import { encodeColumns, encodeRows } from './page-codec.ts';
import { readPatches } from './patches.ts';
import { pulledRows, type PulledRows } from './pulled-rows.ts';
import type { CursorRecord } from './types.ts';
import { PAGE_ROWS } from './types.ts';
import { writePage } from './write-page.ts';
import { addPatch, dropMerged } from './write-patches.ts';

/**
 * From this many rows of one page on, the page is packed anew (about 3 ms) instead of leaving them to a patch, which
 * is read as a whole until compaction. Lower during a snapshot, whose pages arrive whole.
 */
const DENSE_CHANGES = 128;
const DENSE_SNAPSHOT = 16;

/**
 * Stores one answer of a pull: rows, cursor, names and the note for readers in one transaction.
 * Throws `invalid_answer` for rows that are not of the table, `storage_broken` for a damaged page.
 */
export async function applyPull(base: BaseDatabase, table: TableName, answer: PullPage): Promise<CursorRecord> {
  const rows = pulledRows(table, answer);
  const groups = groupByPage(table, rows);
  const written = [base.pages, base.patches, base.patchStates, base.segments, base.cursors, base.changes];
  // What may be asked of the database at once is: a first sync is a hundred answers, each with a dozen questions.
  return base.transaction('rw', written, async () => {
    const large = [...groups.keys()].filter((page) => sizeOf(groups, page) >= DENSE_SNAPSHOT);
    const [before, packing] = await Promise.all([
      base.cursors.get(table),
      large.length === 0 ? null : readForPacking(base, table, large),
    ]);
    const dense = before?.complete === true ? DENSE_CHANGES : DENSE_SNAPSHOT;
    const pages = large.filter((page) => sizeOf(groups, page) >= dense);
    const scattered = [...groups].flatMap(([, positions]) => (positions.length < dense ? positions : []));
    const nos = scattered.map((at) => Number(rows.columns['no']?.[at]));
    const cursor = nextCursor(table, before, rows, answer);
    await Promise.all([
      writeBothLevels(base, table, rows, groups, packing, pages, scattered),
      table === 'sellers' ? noteNames(base, rows) : undefined,
      logChange(base, table, pages, nos),
      base.cursors.put(cursor),
    ]);
    return cursor;
  });
}

type Groups = ReadonlyMap<number, readonly number[]>;

const sizeOf = (groups: Groups, page: number): number => groups.get(page)?.length ?? 0;

/** What is known of pages that may be packed anew. */
async function readForPacking(base: BaseDatabase, table: TableName, pages: readonly number[]) {
  const [patches, stored] = await Promise.all([readPatches(base, table), storedPages(base, table, pages)]);
  return { patches, stored };
}

/** Pages first: what a patch says of a page's rows must not be taken for merged by them. */
async function writeBothLevels(
  base: BaseDatabase,
  table: TableName,
  rows: PulledRows,
  groups: Groups,
  packing: Awaited<ReturnType<typeof readForPacking>> | null,
  pages: readonly number[],
  scattered: readonly number[],
): Promise<void> {
  if (packing !== null && pages.length > 0) {
    const { patches, stored } = packing;
    await Promise.all(
      pages.map((page) => {
        const fresh = encodeColumns(tables[table], page, rows.columns, groups.get(page) ?? [], rows.form);
        return writePage(base, table, fresh, stored.has(page), patches.rowsOfPage(page));
      }),
    );
    await dropMerged(base, table, patches, pages);
  }
  if (scattered.length > 0) await addPatch(base, table, encodeRows(tables[table], rows.columns, scattered, rows.form));
}

/** Which of these pages there are: one question, where ten for pages that are not there take half as long as writing them. */
async function storedPages(base: BaseDatabase, table: TableName, pages: readonly number[]): Promise<Set<number>> {
  const [first, last] = [Math.min(...pages), Math.max(...pages)];
  const keys = await base.pages.where('[table+page]').between([table, first], [table, last], true, true).primaryKeys();
  return new Set(keys.map(([, page]) => page));
}

/** Positions of the rows by the page they belong to. */
function groupByPage(table: TableName, { columns }: PulledRows): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  columns['no']?.forEach((no, at) => {
    if (typeof no !== 'number' || !Number.isSafeInteger(no) || no < 0)
      throw new AppError('invalid_answer', { details: { table, column: 'no' } });
    const page = Math.floor(no / PAGE_ROWS);
    const group = groups.get(page);
    if (group === undefined) groups.set(page, [at]);
    else group.push(at);
  });
  return groups;
}

function nextCursor(
  table: TableName,
  before: CursorRecord | undefined,
  { columns, count }: PulledRows,
  answer: PullPage,
): CursorRecord {
  const versions = (columns['version'] ?? []).map(Number);
  const highest = versions.reduce((most, version) => Math.max(most, version), before?.highest ?? 0);
  const complete = before?.complete === true;
  const reached = complete ? Math.max(before?.version ?? 0, versions.at(-1) ?? 0) : 0;
  return {
    table,
    cursor: answer.next_cursor,
    complete: complete || !answer.has_more,
    received: (before?.received ?? 0) + count,
    remaining: answer.remaining,
    version: answer.has_more ? reached : highest,
    highest,
  };
}
