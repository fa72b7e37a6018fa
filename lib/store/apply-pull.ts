import { AppError } from '#lib/shared/app-error.ts';
import type { PullAnswer } from '#lib/protocol/pull.ts';
import type { TableDeclaration } from '#lib/tables/define-table.ts';
import type { TableName } from '#lib/tables/index.ts';
import { tables } from '#lib/tables/index.ts';
import { rowFromWire } from '#lib/tables/row-conversion.ts';
import type { BaseDatabase } from './base-database.ts';
import { logChange } from './change-log.ts';
import { noteNames } from './fold-names.ts';
import type { AnyRow } from './pack-column.ts';
import type { CursorRecord, RowRecord, StoredRow } from './types.ts';
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
export async function applyPull(base: BaseDatabase, table: TableName, answer: PullAnswer): Promise<CursorRecord> {
  const groups = groupByPage(table, answer.items);
  return base.transaction('rw', [base.pages, base.rows, base.segments, base.cursors, base.changes], async () => {
    const before = await base.cursors.get(table);
    const dense = before?.complete === true ? DENSE_CHANGES : DENSE_SNAPSHOT;
    const pages = [...groups].filter(([, rows]) => rows.length >= dense);
    await Promise.all(pages.map(([page, rows]) => writePage(base, table, page, rows)));
    const records = [...groups]
      .filter(([, rows]) => rows.length < dense)
      .flatMap(([, rows]) => rows.map((row) => toRecord(table, row)));
    await base.rows.bulkPut(records);
    if (table === 'sellers') await noteNames(base, answer.items);
    await logChange(
      base,
      table,
      pages.map(([page]) => page),
      records.map(({ no }) => no),
    );
    const cursor = nextCursor(table, before, answer);
    await base.cursors.put(cursor);
    return cursor;
  });
}

function groupByPage(table: TableName, items: readonly AnyRow[]): Map<number, AnyRow[]> {
  return Map.groupBy(items, (item) => {
    const no = item['no'];
    if (typeof no !== 'number' || !Number.isSafeInteger(no) || no < 0)
      throw new AppError('invalid_answer', { details: { table, column: 'no' } });
    return Math.floor(no / PAGE_ROWS);
  });
}

function toRecord(table: TableName, wire: AnyRow): RowRecord {
  const declaration: TableDeclaration = tables[table];
  // Every declaration spreads syncedColumns, so the four that a StoredRow names are there.
  const row = rowFromWire(declaration, wire) as StoredRow;
  return { table, no: row.no, row };
}

function nextCursor(table: TableName, before: CursorRecord | undefined, answer: PullAnswer): CursorRecord {
  const last = Number(answer.items.at(-1)?.['version'] ?? 0);
  const highest = answer.items.reduce((most, item) => Math.max(most, Number(item['version'])), before?.highest ?? 0);
  const complete = before?.complete === true;
  const reached = complete ? Math.max(before?.version ?? 0, last) : 0;
  return {
    table,
    cursor: answer.next_cursor,
    complete: complete || !answer.has_more,
    received: (before?.received ?? 0) + answer.items.length,
    remaining: answer.remaining,
    version: answer.has_more ? reached : highest,
    highest,
  };
}
