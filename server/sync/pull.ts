import { sql } from 'kysely';
import { AppError } from '#lib/shared/app-error.ts';
import type { TableDeclaration } from '#lib/tables/define-table.ts';
import type { TableName } from '#lib/tables/index.ts';
import { tables } from '#lib/tables/index.ts';
import type { Tx } from '#server/db/in-org.ts';
import { inOrg, preferIndexOrder } from '#server/db/in-org.ts';
import type { Deps } from '#server/deps.ts';
import type { Who } from '#server/http/app-env.ts';
import type { PageShape } from './page-json.ts';
import type { Given, Position } from './pull-cursor.ts';
import { readCursor, writeCursor } from './pull-cursor.ts';
import { countRows } from './sql/count-rows.ts';
import { type Marks, readMarks } from './sql/read-marks.ts';
import { readChanges, readSnapshot } from './sql/read-page.ts';
import { visibleRows } from './visible-rows.ts';

export interface PullRequest {
  readonly table: TableName;
  readonly cursor: string | undefined;
  readonly limit: number;
  readonly deleted: boolean;
  readonly shape: PageShape;
}

interface Page {
  text: string;
  next: Position;
  hasMore: boolean;
}

/**
 * One page of a table as JSON text, by rows or by columns: first a snapshot of the live rows, then the changes since it
 * began. Throws `invalid_cursor` and `cursor_expired`.
 */
export async function pull({ database, settings, clock }: Deps, who: Who, request: PullRequest): Promise<string> {
  const { table, cursor } = request;
  const given = cursor === undefined ? null : readCursor(settings, who, table, cursor);
  const { text, next, hasMore, epoch } = await inOrg(database.db, who.orgId, async (tx) => {
    await preferIndexOrder(tx);
    // Read before the rows: what was committed up to this number is then surely among them, because
    // the counter's row is locked until commit and so numbers are committed in order.
    const marks = await readMarks(tx, who.orgId, table);
    const expired = given === null ? null : reasonToExpire(given, marks);
    if (expired !== null) throw new AppError('cursor_expired', { details: { reason: expired } });
    const reader = createReader(tx, who, request);
    const position = given ?? { at: marks.version, below: Number.MAX_SAFE_INTEGER, left: await reader.countLive() };
    const { at, below, left } = position;
    const page = below === null ? reader.changes(at, left, marks.version) : reader.snapshot(at, below, left);
    return { ...(await page), epoch: marks.epoch };
  });
  const tail = {
    next_cursor: writeCursor(settings, who, table, { ...next, epoch }),
    has_more: hasMore,
    remaining: next.left,
    server_time: new Date(clock()).toISOString(),
  };
  return `{${text},${JSON.stringify(tail).slice(1)}`;
}

function reasonToExpire(given: Given, { epoch, version, floor }: Marks): string | null {
  if (given.epoch !== epoch) return 'epoch';
  if (given.at > version) return 'ahead';
  return given.at < floor ? 'purged' : null;
}

function createReader(tx: Tx, who: Who, { table: name, limit, deleted, shape }: PullRequest) {
  const table: TableDeclaration = tables[name];
  const visible = visibleRows(name, who);
  const live = sql<boolean>`t.deleted_at is null and ${visible}`;
  const changed = deleted ? visible : live;
  const page = { orgId: who.orgId, limit, shape };

  const countChanges = (at: number): Promise<number> =>
    countRows(tx, table, who.orgId, sql`t.version > ${at} and ${changed}`);

  return {
    countLive: () => countRows(tx, table, who.orgId, live),

    async snapshot(at: number, below: number, left: number): Promise<Page> {
      const { text, last, more } = await readSnapshot(tx, table, { ...page, condition: live }, below);
      if (more) return { text, next: { at, below: last, left: Math.max(left - limit, 1) }, hasMore: true };
      const changes = await countChanges(at);
      return { text, next: { at, below: null, left: changes }, hasMore: changes > 0 };
    },

    async changes(at: number, left: number, committed: number): Promise<Page> {
      const { text, last, more } = await readChanges(tx, table, { ...page, condition: changed }, at);
      const reached = last ?? at;
      if (!more) return { text, next: { at: Math.max(committed, reached), below: null, left: 0 }, hasMore: false };
      const known = left - limit;
      const rest = known > 0 ? known : await countChanges(reached);
      return { text, next: { at: reached, below: null, left: rest }, hasMore: true };
    },
  };
}
