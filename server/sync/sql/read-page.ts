import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { TableDeclaration } from '#lib/tables/define-table.ts';
import type { Tx } from '#server/db/in-org.ts';
import type { Database } from '#server/db/open-database.ts';
import { streamRows } from '#server/db/stream-rows.ts';
import type { PageList } from '../page-json.ts';

export interface PageRequest {
  readonly orgId: string;
  readonly engine: Database['engine'];
  /** Which rows `t` of the workspace. */
  readonly condition: RawBuilder<boolean>;
  readonly limit: number;
  readonly lists: readonly PageList[];
  /** Is given the JSON of each list, brackets included, of some rows after the other; nothing without rows. */
  readonly take: (texts: readonly string[]) => void;
}

export interface PageEnd {
  /** Row or change number of the last row, whichever the page is ordered by; null without rows. */
  readonly last: number | null;
  /** Whether further rows meet the condition. */
  readonly more: boolean;
}

/** By descending row number, newest first. */
export function readSnapshot(tx: Tx, table: TableDeclaration, page: PageRequest, below: number): Promise<PageEnd> {
  const beyond = (number: RawBuilder<unknown>) => sql`t.no < ${number}`;
  return readPage(tx, table, page, { last: sql`min(t.no)`, order: sql`t.no desc`, beyond, from: below });
}

/** By ascending change number. */
export function readChanges(tx: Tx, table: TableDeclaration, page: PageRequest, at: number): Promise<PageEnd> {
  const beyond = (number: RawBuilder<unknown>) => sql`t.version > ${number}`;
  return readPage(tx, table, page, { last: sql`max(t.version)`, order: sql`t.version`, beyond, from: at });
}

interface Sequence {
  readonly last: RawBuilder<number>;
  readonly order: RawBuilder<unknown>;
  readonly beyond: (number: RawBuilder<unknown>) => RawBuilder<unknown>;
  readonly from: number;
}

/**
 * Rows of a piece. One text of all 10,000 rows of a page is copied five times on its way, each time into memory
 * that is new: 49 ms of the database's processor time for rows, and 38 by pieces of 500, which
 * finds where each of them begins first. By columns it is 23 ms either way.
 */
const PIECE_ROWS = 500;

/**
 * The page in pieces, each made in one go: texts of each row cost the server's process twice the time (200,000
 * sellers: 536 against 258 ms), objects more. The database makes them one after the other, and the next one
 * while the one before is taken. The look beyond the last row costs one step in an index, because it is
 * asked for in the same order.
 */
async function readPage(
  tx: Tx,
  table: TableDeclaration,
  { orgId, engine, condition, limit, lists, take }: PageRequest,
  { last, order, beyond, from }: Sequence,
): Promise<PageEnd> {
  const matching = (number: RawBuilder<unknown>) => sql`
    from ${sql.table(table.sql)} t where t.org_id = ${orgId} and ${condition} and ${beyond(number)} order by ${order}`;
  const inPiece = sql`${matching(sql`piece.start`)} limit least(${PIECE_ROWS}, piece.room)`;
  const texts = lists.map(({ json }, at) => sql`${json} as ${sql.ref(nameOf(at))}`);
  const pieces = sql<Record<string, string> & { last: number; more: boolean }>`
    with recursive piece (start, room) as (
      select ${from}::bigint, ${limit}::bigint
      union all
      select found.last, piece.room - found.count
      from piece, lateral (select ${last} as last, count(*) as count from (select t.* ${inPiece}) t) found
      where piece.room > found.count and found.count > 0
    )
    select made.*, made.count = piece.room and (select t.no ${matching(sql`made.last`)} limit 1) is not null as more
    from piece, lateral (
      select ${sql.join(texts)}, count(*) as count, ${last} as last from (select t.* ${inPiece}) t
    ) made
    where made.count > 0`;
  let end: PageEnd = { last: null, more: false };
  for await (const rows of streamRows(tx, engine, pieces)) {
    for (const row of rows) {
      take(lists.map((_, at) => row[nameOf(at)] ?? '[]'));
      end = row;
    }
  }
  return { last: end.last, more: end.more };
}

function nameOf(list: number): string {
  return `list_${list}`;
}
