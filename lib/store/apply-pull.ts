import { AppError } from '#lib/shared/app-error.ts';
import type { PullPage } from '#lib/protocol/pull.ts';
import type { TableName } from '#lib/tables/index.ts';
import { tables } from '#lib/tables/index.ts';
import type { BaseDatabase } from './base-database.ts';
import { logChange } from './change-log.ts';
import { noteNames } from './fold-names.ts';
import { encodeColumns } from './page-codec.ts';
import { pulledRows, type PulledRows } from './pulled-rows.ts';
import type { CursorRecord } from './types.ts';
import { PAGE_ROWS } from './types.ts';
import { writePage } from './write-page.ts';

/**
 * From this many rows of one page on, the page is packed anew (about 3 ms) instead of taking row
 * records (about 50 µs each). Lower during a snapshot, whose pages arrive whole.
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
  return base.transaction('rw', [base.pages, base.rows, base.segments, base.cursors, base.changes], async () => {
    const before = await base.cursors.get(table);
    const dense = before?.complete === true ? DENSE_CHANGES : DENSE_SNAPSHOT;
    const pages = [...groups].filter(([, positions]) => positions.length >= dense);
    await Promise.all(
      pages.map(([page, positions]) =>
        writePage(base, table, encodeColumns(tables[table], page, rows.columns, positions, rows.form)),
      ),
    );
    const records = [...groups]
      .filter(([, positions]) => positions.length < dense)
      .flatMap(([, positions]) => positions.map((at) => rows.rowAt(at)))
      .map((row) => ({ table, no: row.no, row }));
    await base.rows.bulkPut(records);
    if (table === 'sellers') await noteNames(base, rows);
    await logChange(
      base,
      table,
      pages.map(([page]) => page),
      records.map(({ no }) => no),
    );
    const cursor = nextCursor(table, before, rows, answer);
    await base.cursors.put(cursor);
    return cursor;
  });
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
