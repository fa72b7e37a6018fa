import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useWorkspace } from '#components/shell/session.ts';
import { useMayChange, usePermission } from '#components/shell/use-permission.ts';
import { Button } from '#components/ui/button.tsx';
import { Bookmark, Pencil, Trash2 } from '#components/ui/icons.ts';
import { Select } from '#components/ui/select.tsx';
import { categoriesQuery, presetsQuery } from '#lib/api/collection-queries.ts';
import type { Preset } from '#lib/protocol/collection-plans.ts';
import { NameForm } from './name-form.tsx';
import { chosenSettings, emptyChoice, planToChoice, type RunChoice } from './run-draft.ts';
import { usePresetCommands } from './use-preset-commands.ts';
import type { MissingSources } from './use-run-choice.ts';

interface PresetBarProps {
  choice: RunChoice;
  /** Sources that the choice lacks; while they are asked for, it cannot be kept. */
  missing: MissingSources | null;
  onChoice: (choice: RunChoice) => void;
}

/** Choices that were saved under a name: taken up, saved, renamed and deleted. */
export function PresetBar({ choice, missing, onChoice }: PresetBarProps) {
  const { api, connection } = useWorkspace();
  const presets = useQuery(presetsQuery(connection.store_key, api));
  const categories = useQuery(categoriesQuery(connection.store_key, api));
  const [chosenId, setChosenId] = useState('');
  const [doing, setDoing] = useState<'save' | 'rename' | 'delete' | null>(null);
  const { create, change, remove } = usePresetCommands();
  const all = presets.data ?? [];
  const chosen = all.find(({ id }) => id === chosenId);
  const choose = (id: string) => {
    const preset = all.find((one) => one.id === id);
    const known = categories.data?.departments.flatMap((department) => department.categories.map((one) => one.id));
    setChosenId(id);
    if (preset === undefined) onChoice(emptyChoice);
    else onChoice(planToChoice(preset, new Set(known ?? preset.category_ids)));
  };
  const maySave = usePermission('runs.start');
  const mayChange = useMayChange(chosen?.created_by, 'settings.manage');
  const done = () => setDoing(null);
  if (doing === 'save') {
    const save = (name: string) =>
      create.mutate(requestOf(name, choice), {
        onSuccess: ({ id }) => {
          setChosenId(id);
          done();
        },
      });
    return <NameForm label="Name of the preset" action="Save preset" command={create} onName={save} onCancel={done} />;
  }
  if (doing === 'rename' && chosen !== undefined) {
    const save = (name: string) => change.mutate({ id: chosen.id, change: { name } }, { onSuccess: done });
    return (
      <NameForm
        label="New name of the preset"
        action="Rename preset"
        initial={chosen.name}
        command={change}
        onName={save}
        onCancel={done}
      />
    );
  }
  if (doing === 'delete' && chosen !== undefined) {
    const confirm = () =>
      remove.mutate(chosen.id, {
        onSuccess: () => {
          setChosenId('');
          done();
        },
      });
    return <DeleteQuestion preset={chosen} busy={remove.isPending} onDelete={confirm} onKeep={done} />;
  }
  const isAsking = missing !== null && missing.error === null;
  const canSave =
    !isAsking && chosenSettings(choice) !== null && (choice.from === 'list' || choice.categories.size > 0);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Select
        label="Preset"
        value={chosenId}
        disabled={all.length === 0}
        className="min-w-0 flex-1 max-sm:basis-full"
        options={[
          { value: '', label: emptyWords(presets.status, all.length) },
          ...all.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onValueChange={choose}
      />
      {maySave !== false && (
        <Button disabled={!canSave} title="Keep this choice under a name" onClick={() => setDoing('save')}>
          <Bookmark aria-hidden="true" />
          Save as preset
        </Button>
      )}
      {chosen !== undefined && mayChange === false && (
        <span className="text-[13px] text-muted">A colleague’s: they or an owner can change it.</span>
      )}
      {chosen !== undefined && mayChange === true && (
        <>
          <Button
            variant="ghost"
            size="icon"
            aria-label="Rename preset"
            title="Rename preset"
            onClick={() => setDoing('rename')}
          >
            <Pencil aria-hidden="true" />
          </Button>
          <Button
            variant="ghost"
            size="icon"
            aria-label="Delete preset"
            title="Delete preset"
            onClick={() => setDoing('delete')}
          >
            <Trash2 aria-hidden="true" />
          </Button>
        </>
      )}
    </div>
  );
}

/** What stands where no preset is chosen. */
function emptyWords(status: 'pending' | 'error' | 'success', presets: number): string {
  if (status === 'error') return 'Presets could not be read';
  return status === 'success' && presets === 0 ? 'No presets yet' : 'No preset';
}

interface DeleteQuestionProps {
  preset: Preset;
  busy: boolean;
  onDelete: () => void;
  onKeep: () => void;
}

function DeleteQuestion({ preset, busy, onDelete, onKeep }: DeleteQuestionProps) {
  return (
    <div role="group" aria-label="Delete this preset" className="flex flex-wrap items-center gap-2">
      <span className="min-w-0 flex-1 truncate max-sm:basis-full">Delete “{preset.name}” for everybody?</span>
      <Button size="sm" variant="danger" disabled={busy} onClick={onDelete}>
        Delete
      </Button>
      <Button size="sm" autoFocus onClick={onKeep}>
        Keep
      </Button>
    </div>
  );
}

function requestOf(name: string, choice: RunChoice) {
  const settings = chosenSettings(choice);
  return {
    name,
    ...(choice.from === 'list'
      ? { product_source: 'list' }
      : {
          category_ids: [...choice.categories].sort(),
          ...(choice.productSource === null ? {} : { product_source: choice.productSource }),
        }),
    ...(choice.sellerSource === null ? {} : { seller_source: choice.sellerSource }),
    ...(settings === undefined || settings === null ? {} : { settings }),
  };
}
