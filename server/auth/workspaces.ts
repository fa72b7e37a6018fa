import { AppError } from '#lib/shared/app-error.ts';
import { tableNames } from '#lib/tables/index.ts';
import type { Clock } from '#server/clock.ts';
import type { Db } from '#server/db/open-database.ts';
import { inSystem } from '#server/db/in-org.ts';
import type { Role } from './permissions.ts';

export interface Membership {
  orgId: string;
  name: string;
  role: Role;
}

/** Makes a workspace with its counters and settings. Throws `invalid_request` when the name is taken. */
export function createWorkspace(db: Db, name: string, clock: Clock): Promise<string> {
  const orgId = crypto.randomUUID();
  return inSystem(db, async (tx) => {
    const made = await tx
      .insertInto('workspaces')
      .values({ org_id: orgId, name, created_at: new Date(clock()) })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .returning('org_id')
      .executeTakeFirst();
    if (made === undefined) {
      throw new AppError('invalid_request', { message: `There is a workspace named ${name} already.` });
    }
    const names = ['version', ...tableNames];
    await tx
      .insertInto('counters')
      .values(names.map((counter) => ({ org_id: orgId, name: counter })))
      .execute();
    await tx.insertInto('collection_settings').values({ org_id: orgId, microusd_per_call: '{}' }).execute();
    return orgId;
  });
}

/** Throws `not_found` when there is no workspace of that name. */
export async function findWorkspace(db: Db, name: string): Promise<string> {
  const row = await inSystem(db, (tx) =>
    tx.selectFrom('workspaces').select('org_id').where('name', '=', name).executeTakeFirst(),
  );
  if (row === undefined) throw new AppError('not_found', { message: `There is no workspace named ${name}.` });
  return row.org_id;
}

/** Adds a member, or gives one another role. */
export async function addMember(db: Db, orgId: string, userId: string, role: Role, clock: Clock): Promise<void> {
  await inSystem(db, (tx) =>
    tx
      .insertInto('members')
      .values({ org_id: orgId, user_id: userId, role, created_at: new Date(clock()) })
      .onConflict((conflict) => conflict.columns(['org_id', 'user_id']).doUpdateSet({ role }))
      .execute(),
  );
}

/** The workspaces of a user, the one joined first at the front. */
export function membershipsOf(db: Db, userId: string): Promise<Membership[]> {
  return inSystem(db, (tx) =>
    tx
      .selectFrom('members')
      .innerJoin('workspaces', 'workspaces.org_id', 'members.org_id')
      .select(['members.org_id as orgId', 'workspaces.name', 'members.role'])
      .where('members.user_id', '=', userId)
      .orderBy('members.created_at')
      .orderBy('members.org_id')
      .execute(),
  );
}
