import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { errorWords } from '#components/shell/error-words.ts';
import { useWorkspace } from '#components/shell/session.ts';
import { useReachable } from '#components/shell/use-reachable.ts';
import { queryKeys } from '#lib/api/query-keys.ts';
import { createSellerView, deleteSellerView, listSellerViews, updateSellerView } from '#lib/api/seller-views.ts';
import type { SellerView, SellerViewChange, SellerViewRequest } from '#lib/protocol/seller-views.ts';
import { keepViews, readKeptViews } from './kept-views.ts';

/** The workspace's saved views: from the server when it is there (`areCurrent`), else as it last gave them. */
export function useSellerViews(): { readonly views: readonly SellerView[]; readonly areCurrent: boolean } {
  const { api, connection } = useWorkspace();
  const storeKey = connection.store_key;
  const { data, isFetchedAfterMount, isSuccess } = useQuery({
    queryKey: queryKeys(storeKey).sellerViews,
    queryFn: async ({ signal }) => {
      const { views } = await listSellerViews(api, signal);
      keepViews(storeKey, views);
      return views;
    },
    initialData: () => readKeptViews(storeKey),
    initialDataUpdatedAt: 0,
    enabled: useReachable(),
  });
  return { views: data ?? [], areCurrent: isFetchedAfterMount && isSuccess };
}

/** Saves, changes and deletes views; the list at hand follows the answers. */
export function useSellerViewCommands() {
  const { api, connection } = useWorkspace();
  const queryClient = useQueryClient();
  const storeKey = connection.store_key;
  const follow = (next: (before: readonly SellerView[]) => SellerView[]) =>
    queryClient.setQueryData<SellerView[]>(queryKeys(storeKey).sellerViews, (before = []) => {
      const views = next(before);
      keepViews(storeKey, views);
      return views;
    });
  const put = (view: SellerView) =>
    follow((before) =>
      [...before.filter(({ id }) => id !== view.id), view].sort((one, other) => one.name.localeCompare(other.name)),
    );
  const create = useMutation({ mutationFn: (view: SellerViewRequest) => createSellerView(api, view), onSuccess: put });
  const change = useMutation({
    mutationFn: ({ id, ...part }: SellerViewChange & { id: string }) => updateSellerView(api, id, part),
    onSuccess: put,
  });
  const remove = useMutation({
    mutationFn: (id: string) => deleteSellerView(api, id),
    onSuccess: (_, gone) => follow((before) => before.filter(({ id }) => id !== gone)),
    onError: (thrown) => toast.error(errorWords(thrown)),
  });
  return { create, change, remove };
}
