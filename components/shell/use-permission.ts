import { useQuery } from '@tanstack/react-query';
import { meQuery } from '#lib/api/collection-queries.ts';
import { useWorkspace } from './session.ts';

/** Whether this person may do that, as far as the server has said; undefined until it has. */
export function usePermission(permission: string): boolean | undefined {
  const { api, connection } = useWorkspace();
  const { data } = useQuery({ ...meQuery(connection.store_key, api), enabled: connection.token !== null });
  return data?.permissions.includes(permission);
}

/** Whether this person may change what `creator` made: it is their own, or they have the right. */
export function useMayChange(creator: string | undefined, permission: string): boolean | undefined {
  const { connection } = useWorkspace();
  const permitted = usePermission(permission);
  return creator === connection.user_id || permitted;
}
