import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '#lib/shared/app-error.ts';
import type { TableName } from '#lib/tables/index.ts';
import type { ServerSettings } from '#server/db/server-settings.ts';
import type { Who } from '#server/http/app-env.ts';
import { readToken, signToken } from './signed-token.ts';

/**
 * Where a client is in a table. `at`: it has every change up to that number, except (in a snapshot)
 * for live rows numbered below `below`. `left`: rows expected to follow, for progress only.
 */
export interface Position {
  readonly at: number;
  readonly below: number | null;
  readonly left: number;
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
  z.int().min(0),
]);

export function writeCursor(
  settings: ServerSettings,
  who: Owner,
  table: TableName,
  { at, below, left }: Position,
): string {
  const value: z.infer<typeof content> = ['pull', table, who.orgId, rightsOf(who), settings.epoch, at, below, left];
  return signToken(value, settings.cursorSecret);
}

/**
 * Throws `invalid_cursor` for a token that is not this table's and workspace's, `cursor_expired` for
 * one from before a restore or issued under other rights.
 */
export function readCursor(settings: ServerSettings, who: Owner, table: TableName, cursor: string): Position {
  const parsed = content.safeParse(readToken(cursor, settings.cursorSecret));
  if (!parsed.success) throw new AppError('invalid_cursor');
  const [, ofTable, orgId, rights, epoch, at, below, left] = parsed.data;
  if (ofTable !== table || orgId !== who.orgId) throw new AppError('invalid_cursor');
  if (rights !== rightsOf(who)) throw new AppError('cursor_expired', { details: { reason: 'rights' } });
  if (epoch !== settings.epoch) throw new AppError('cursor_expired', { details: { reason: 'epoch' } });
  return { at, below, left };
}

/** What decides which rows a member sees: who it is and what the role allows. */
function rightsOf({ userId, role, permissions }: Owner): string {
  const text = JSON.stringify([userId, role, [...permissions].sort()]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
