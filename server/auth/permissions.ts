/** What a member may do beyond reading and editing rows. */
export const permissions = ['runs.start', 'runs.manage', 'settings.manage', 'members.manage'] as const;
export type Permission = (typeof permissions)[number];

export const roles = ['owner', 'member'] as const;
export type Role = (typeof roles)[number];

const byRole: Record<Role, readonly Permission[]> = {
  owner: permissions,
  member: ['runs.start'],
};

export function permissionsOf(role: Role): readonly Permission[] {
  return byRole[role];
}
