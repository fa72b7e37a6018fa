import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { toast } from 'sonner';
import { defaultSettings, draftToSettings, settingsToDraft } from '#components/runs/settings-draft.ts';
import { SettingsFields } from '#components/runs/settings-fields.tsx';
import { errorWords } from '#components/shell/error-words.ts';
import { useWorkspace } from '#components/shell/session.ts';
import { usePermission } from '#components/shell/use-permission.ts';
import { Button } from '#components/ui/button.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { writeCollectionSettings } from '#lib/api/collection.ts';
import { collectionSettingsQuery } from '#lib/api/collection-queries.ts';
import { queryKeys } from '#lib/api/query-keys.ts';
import type { CollectionSettings } from '#lib/protocol/collection.ts';
import { draftToLimits, limitsToDraft } from './limits-draft.ts';
import { LimitsFields } from './limits-fields.tsx';

/** Budget, limits, prices and how runs search by default: for the whole workspace. */
export function CollectionPart() {
  const { api, connection } = useWorkspace();
  const settings = useQuery({
    ...collectionSettingsQuery(connection.store_key, api),
    enabled: connection.token !== null,
  });
  const mayEdit = usePermission('settings.manage');
  if (settings.data !== undefined) return <CollectionForm saved={settings.data} mayEdit={mayEdit} />;
  if (settings.isError) {
    return (
      <div role="alert" className="flex items-center gap-3 text-danger">
        <span className="min-w-0 flex-1">{errorWords(settings.error)}</span>
        <Button size="sm" disabled={settings.isFetching} onClick={() => void settings.refetch()}>
          Try again
        </Button>
      </div>
    );
  }
  if (connection.token === null) return <p className="text-muted">Sign in again to see these settings.</p>;
  return (
    <div className="grid gap-4">
      <Skeleton className="w-2/3" />
      <Skeleton className="w-1/2" />
    </div>
  );
}

interface CollectionFormProps {
  saved: CollectionSettings;
  /** Undefined: not known yet. */
  mayEdit: boolean | undefined;
}

function CollectionForm({ saved, mayEdit }: CollectionFormProps) {
  const asSaved = {
    limits: limitsToDraft(saved),
    search: settingsToDraft({ ...defaultSettings, ...saved.default_settings }),
  };
  const [changed, setChanged] = useState<typeof asSaved | null>(null);
  const draft = changed ?? asSaved;
  const { limits, problems: limitProblems } = draftToLimits(draft.limits);
  const { settings, problems: searchProblems } = draftToSettings(draft.search);
  const save = useSave(() => setChanged(null));
  const disabled = mayEdit !== true || save.isPending;
  return (
    <form
      noValidate
      className="grid gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (limits !== null && settings !== null) save.mutate({ ...limits, default_settings: settings });
      }}
    >
      <p className="text-muted">
        {mayEdit === false
          ? 'These hold for the whole workspace. Your role can read them; an owner can change them.'
          : 'These hold for the whole workspace, and for runs that are started from now on.'}
      </p>
      <LimitsFields
        draft={draft.limits}
        problems={limitProblems}
        disabled={disabled}
        onChange={(change) => setChanged({ ...draft, limits: { ...draft.limits, ...change } })}
      />
      <h3 className="font-semibold">Default search settings</h3>
      <SettingsFields
        draft={draft.search}
        problems={searchProblems}
        disabled={disabled}
        onChange={(change) => setChanged({ ...draft, search: { ...draft.search, ...change } })}
      />
      {save.isError && (
        <p role="alert" className="text-danger">
          {errorWords(save.error)}
        </p>
      )}
      {mayEdit === true && (
        <div className="flex gap-2">
          <Button
            type="submit"
            variant="primary"
            focusableWhenDisabled
            disabled={changed === null || limits === null || settings === null || save.isPending}
          >
            {save.isPending ? 'Saving…' : 'Save'}
          </Button>
          <Button variant="ghost" disabled={changed === null || save.isPending} onClick={() => setChanged(null)}>
            Undo changes
          </Button>
        </div>
      )}
    </form>
  );
}

function useSave(onSaved: () => void) {
  const { api, connection } = useWorkspace();
  const queryClient = useQueryClient();
  const keys = queryKeys(connection.store_key);
  return useMutation({
    mutationFn: (settings: CollectionSettings) => writeCollectionSettings(api, settings),
    onSuccess: (now) => {
      queryClient.setQueryData(keys.collectionSettings, now);
      // Prices and cap are in these too.
      void queryClient.invalidateQueries({ queryKey: keys.estimates });
      void queryClient.invalidateQueries({ queryKey: keys.sources });
      toast.success('Saved. Runs that exist keep what they began with.');
      onSaved();
    },
  });
}
