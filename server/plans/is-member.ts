import { permissionsOf } from '#server/auth/permissions.ts';
import type { Tx } from '#server/db/in-org.ts';

/** Whether the account belongs to the workspace and may start runs there. */
export async function isMember(tx: Tx, orgId: string, userId: string): Promise<boolean> {
  const member = await tx
    .selectFrom('members')
    .select('role')
    .where('org_id', '=', orgId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return member !== undefined && permissionsOf(member.role).includes('runs.start');
}
