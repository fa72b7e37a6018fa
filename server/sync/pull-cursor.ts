import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '#lib/shared/app-error.ts';
import type { TableName } from '#lib/tables/index.ts';
import type { ServerSettings } from '#server/db/server-settings.ts';
import type { Who } from '#server/http/app-env.ts';
import { readToken, signToken } from './signed-token.ts';

/**
 * Where a client is in a table. `at`: it has every change up to that number, except (in a snapshot)
 * for live rows numbered below `below`. `left`: rows expected to follow, for progress only; null: not counted yet.
 */
export interface Position {
  readonly at: number;
  readonly below: number | null;
  readonly left: number | null;
}

/** Where a client is, and in which life of the database it was told so. */
export interface Given extends Position {
  readonly epoch: string;
}

type Owner = Pick<Who, 'orgId' | 'userId' | 'role' | 'permissions'>;

const content = z.tuple([
  z.literal('pull'),
  z.string(),
  z.string(),
  z.string(),
  z.string(),
  z.int().min(0),
  z.int().nullable(),
  z.int().min(0).nullable(),
]);

export function writeCursor(
  { cursorSecret }: ServerSettings,
  who: Owner,
  table: TableName,
  { epoch, at, below, left }: Given,
): string {
  const value: z.infer<typeof content> = ['pull', table, who.orgId, rightsOf(who), epoch, at, below, left];
  return signToken(value, cursorSecret);
}

/**
 * Throws `invalid_cursor` for a token that is not this table's and workspace's, `cursor_expired` for
 * one issued under other rights.
 */
export function readCursor({ cursorSecret }: ServerSettings, who: Owner, table: TableName, cursor: string): Given {
  const parsed = content.safeParse(readToken(cursor, cursorSecret));
  if (!parsed.success) throw new AppError('invalid_cursor');
  const [, ofTable, orgId, rights, epoch, at, below, left] = parsed.data;
  if (ofTable !== table || orgId !== who.orgId) throw new AppError('invalid_cursor');
  if (rights !== rightsOf(who)) throw new AppError('cursor_expired', { details: { reason: 'rights' } });
  return { epoch, at, below, left };
}

/** What decides which rows a member sees: who it is and what the role allows. */
function rightsOf({ userId, role, permissions }: Owner): string {
  const text = JSON.stringify([userId, role, [...permissions].sort()]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
