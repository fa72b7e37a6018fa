import { sql } from 'kysely';
import { AppError } from '#lib/shared/app-error.ts';
import type { TableDeclaration } from '#lib/tables/define-table.ts';
import type { TableName } from '#lib/tables/index.ts';
import { tables } from '#lib/tables/index.ts';
import type { Tx } from '#server/db/in-org.ts';
import { readInOrg } from '#server/db/in-org.ts';
import type { Deps } from '#server/deps.ts';
import type { Who } from '#server/http/app-env.ts';
import { pageLists, type PageShape } from './page-json.ts';
import { type ByteSink, createPageWriter } from './page-writer.ts';
import type { Given, Position } from './pull-cursor.ts';
import { readCursor, writeCursor } from './pull-cursor.ts';
import { countRows } from './sql/count-rows.ts';
import { type Marks, readMarks } from './sql/read-marks.ts';
import { type PageRequest, readChanges, readSnapshot } from './sql/read-page.ts';
import { visibleRows } from './visible-rows.ts';

export interface PullRequest {
  readonly table: TableName;
  readonly cursor: string | undefined;
  readonly limit: number;
  readonly deleted: boolean;
  readonly shape: PageShape;
}

interface Step {
  /** Rows to follow, for progress; of the first ones at most so many. */
  readonly remaining: number;
  next: Position;
  hasMore: boolean;
}

/**
 * One page of a table as JSON, by rows or by columns: first a snapshot of the live rows, then the changes since it
 * began. Answers the sink that it was written to; those of tries that met another transaction, or of one that
 * failed, are discarded. Throws `invalid_cursor` and `cursor_expired`.
 */
export async function pull<Sink extends ByteSink>(
  { database, settings, clock }: Deps,
  who: Who,
  request: PullRequest,
  openSink: () => Sink,
): Promise<Sink> {
  const { table, cursor } = request;
  const given = cursor === undefined ? null : readCursor(settings, who, table, cursor);
  const opened: Sink[] = [];
  let written: Sink | null = null;
  const write = async (tx: Tx): Promise<Sink> => {
    const marks = await readMarks(tx, who.orgId, table);
    const expired = given === null ? null : reasonToExpire(given, marks);
    if (expired !== null) throw new AppError('cursor_expired', { details: { reason: expired } });
    const sink = openSink();
    opened.push(sink);
    const page = pageLists(tables[table], request.shape);
    const writer = createPageWriter(page, sink);
    const reader = createReader(tx, who, { ...request, ...page, engine: database.engine, take: writer.take });
    const position = given ?? { at: marks.version, below: Number.MAX_SAFE_INTEGER, left: null };
    const { at, below, left } = position;
    const { next, remaining, hasMore } = await (below === null
      ? reader.changes(at, left ?? 0, marks.version)
      : reader.snapshot(at, below, left));
    writer.end({
      next_cursor: writeCursor(settings, who, table, { ...next, epoch: marks.epoch }),
      has_more: hasMore,
      remaining,
      server_time: new Date(clock()).toISOString(),
    });
    return sink;
  };
  try {
    return (written = await readInOrg(database.db, who.orgId, write));
  } finally {
    for (const sink of opened) if (sink !== written) sink.discard();
  }
}

/** To count a million rows takes a quarter of a second on the embedded database. */
const MOST_COUNTED = 20_000;

function reasonToExpire(given: Given, { epoch, version, floor }: Marks): string | null {
  if (given.epoch !== epoch) return 'epoch';
  if (given.at > version) return 'ahead';
  return given.at < floor ? 'purged' : null;
}

type ReaderRequest = Pick<PullRequest, 'table' | 'deleted'> & Pick<PageRequest, 'engine' | 'limit' | 'lists' | 'take'>;

function createReader(tx: Tx, who: Who, { table: name, deleted, ...request }: ReaderRequest) {
  const table: TableDeclaration = tables[name];
  const visible = visibleRows(name, who);
  const live = sql<boolean>`t.deleted_at is null and ${visible}`;
  const changed = deleted ? visible : live;
  const { orgId } = who;
  const { limit } = request;

  const countChanges = (at: number): Promise<number> =>
    countRows(tx, table, orgId, sql`t.version > ${at} and ${changed}`);

  /** Rows below number `last`; of many sellers, at most so many: as many as there are numbers. */
  async function expectBelow(last: number): Promise<number> {
    // Of other tables numbers would tell of rows that the member does not see.
    if (name === 'sellers' && last > MOST_COUNTED) return last - 1;
    return countRows(tx, table, orgId, sql`t.no < ${last} and ${live}`);
  }

  return {
    /** `left` null: nothing was counted yet. First rows do not wait for it. */
    async snapshot(at: number, below: number, left: number | null): Promise<Step> {
      const isFirst = below === Number.MAX_SAFE_INTEGER;
      const known =
        left === null && !isFirst ? await countRows(tx, table, orgId, sql`t.no < ${below} and ${live}`) : left;
      const { last, more } = await readSnapshot(tx, table, { ...request, orgId, condition: live }, below);
      if (more) {
        const rest = known === null ? null : Math.max(known - limit, 1);
        return {
          next: { at, below: last, left: rest },
          remaining: rest ?? (await expectBelow(last ?? 1)),
          hasMore: true,
        };
      }
      const changes = await countChanges(at);
      return { next: { at, below: null, left: changes }, remaining: changes, hasMore: changes > 0 };
    },

    async changes(at: number, left: number, committed: number): Promise<Step> {
      const { last, more } = await readChanges(tx, table, { ...request, orgId, condition: changed }, at);
      const reached = last ?? at;
      if (!more)
        return { next: { at: Math.max(committed, reached), below: null, left: 0 }, remaining: 0, hasMore: false };
      const known = left - limit;
      const rest = known > 0 ? known : await countChanges(reached);
      return { next: { at: reached, below: null, left: rest }, remaining: rest, hasMore: true };
    },
  };
}
