import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { errorWords } from '#components/shell/error-words.ts';
import { useWorkspace } from '#components/shell/session.ts';
import { createPreset, deletePreset, updatePreset } from '#lib/api/collection-plans.ts';
import { queryKeys } from '#lib/api/query-keys.ts';
import type { Preset, PresetRequest } from '#lib/protocol/collection-plans.ts';

/** Saves, renames and deletes presets; the list at hand follows the answers. */
export function usePresetCommands() {
  const { api, connection } = useWorkspace();
  const queryClient = useQueryClient();
  const queryKey = queryKeys(connection.store_key).presets;
  const put = (preset: Preset) =>
    queryClient.setQueryData<Preset[]>(queryKey, (before = []) =>
      [...before.filter(({ id }) => id !== preset.id), preset].sort((one, other) => one.name.localeCompare(other.name)),
    );
  const create = useMutation({ mutationFn: (preset: PresetRequest) => createPreset(api, preset), onSuccess: put });
  const rename = useMutation({
    mutationFn: ({ id, name }: { id: string; name: string }) => updatePreset(api, id, { name }),
    onSuccess: put,
  });
  const remove = useMutation({
    mutationFn: (id: string) => deletePreset(api, id),
    onSuccess: (_, gone) =>
      queryClient.setQueryData<Preset[]>(queryKey, (before = []) => before.filter(({ id }) => id !== gone)),
    onError: (thrown) => toast.error(errorWords(thrown)),
  });
  return { create, rename, remove };
}
