import { useWorkspace } from '#components/shell/session.ts';
import { createPreset, deletePreset, updatePreset } from '#lib/api/collection-plans.ts';
import { queryKeys } from '#lib/api/query-keys.ts';
import type { Preset, PresetChange, PresetRequest } from '#lib/protocol/collection-plans.ts';
import { usePlanCommands } from './use-plan-commands.ts';

/** Saves, changes and deletes presets. */
export function usePresetCommands() {
  const { api, connection } = useWorkspace();
  return usePlanCommands<Preset, PresetRequest, PresetChange>(queryKeys(connection.store_key).presets, {
    create: (preset) => createPreset(api, preset),
    update: (id, change) => updatePreset(api, id, change),
    remove: (id) => deletePreset(api, id),
  });
}
