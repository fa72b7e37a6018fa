import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { errorWords } from '#components/shell/error-words.ts';
import { useWorkspace } from '#components/shell/session.ts';
import { usePermission } from '#components/shell/use-permission.ts';
import { Button } from '#components/ui/button.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { writeCollectionSettings } from '#lib/api/collection.ts';
import { collectionSettingsQuery } from '#lib/api/collection-queries.ts';
import { queryKeys } from '#lib/api/query-keys.ts';
import type { RunSettings } from '#lib/domain/run-settings.ts';
import { defaultSettings, draftToSettings, type SettingsDraft, settingsToDraft } from './settings-draft.ts';
import { SettingsFields } from './settings-fields.tsx';
import { settingsLine } from './settings-words.ts';

interface RunSettingsPartProps {
  /** Null: untouched. */
  draft: SettingsDraft | null;
  onDraft: (draft: SettingsDraft | null) => void;
}

/** How the run searches: one line, which opens to every setting. */
export function RunSettingsPart({ draft, onDraft }: RunSettingsPartProps) {
  const defaults = useDefaultSettings();
  const shown = draft ?? settingsToDraft(defaults);
  const { settings, problems } = draftToSettings(shown);
  const mayManage = usePermission('settings.manage');
  const save = useSaveDefaults();
  return (
    <Disclosure
      title="Settings"
      summary={settings === null ? 'something is not right in them' : settingsLine(settings)}
    >
      <SettingsFields draft={shown} problems={problems} onChange={(change) => onDraft({ ...shown, ...change })} />
      <div className="mt-3 flex flex-wrap items-center gap-2">
        {mayManage && (
          <Button
            size="sm"
            disabled={settings === null || draft === null || save.isPending}
            onClick={() => {
              if (settings !== null) save.mutate(settings);
            }}
          >
            Save as defaults
          </Button>
        )}
        <Button size="sm" variant="ghost" disabled={draft === null} onClick={() => onDraft(null)}>
          Back to the defaults
        </Button>
      </div>
    </Disclosure>
  );
}

/** How runs search unless they are told otherwise; the program's own values until the server has answered. */
export function useDefaultSettings(): RunSettings {
  const { api, connection } = useWorkspace();
  const { data } = useQuery(collectionSettingsQuery(connection.store_key, api));
  return { ...defaultSettings, ...data?.default_settings };
}

function useSaveDefaults() {
  const { api, connection } = useWorkspace();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (settings: RunSettings) => writeCollectionSettings(api, { default_settings: settings }),
    onSuccess: (saved) => {
      queryClient.setQueryData(queryKeys(connection.store_key).collectionSettings, saved);
      toast.success('Saved. Later runs begin with these settings.');
    },
    onError: (thrown) => toast.error(errorWords(thrown)),
  });
}
