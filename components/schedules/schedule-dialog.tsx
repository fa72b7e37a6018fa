import { useState } from 'react';
import { CategoryPicker } from '#components/runs/category-picker.tsx';
import { PresetBar } from '#components/runs/preset-bar.tsx';
import { chosenSettings, emptyChoice, type RunChoice } from '#components/runs/run-draft.ts';
import { RunSettingsPart } from '#components/runs/run-settings-part.tsx';
import { SourceSelects } from '#components/runs/source-selects.tsx';
import { errorWords } from '#components/shell/error-words.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { toAppError } from '#lib/shared/to-app-error.ts';
import { choiceToCron, type CronChoice, cronWords } from './cron-choice.ts';
import { useScheduleCommands } from './use-schedule-commands.ts';
import { WhenFields } from './when-fields.tsx';

interface ScheduleDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function ScheduleDialog({ open, onOpenChange }: ScheduleDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="New schedule"
      description="The server starts the same run again and again, also while no browser is open."
      className="h-[780px] max-w-2xl"
    >
      <ScheduleForm onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

/** Lives while the dialog is open, so that every opening starts anew. */
function ScheduleForm({ onDone }: { onDone: () => void }) {
  const [choice, setChoice] = useState<RunChoice>(emptyChoice);
  const [when, setWhen] = useState<CronChoice>({ every: 'week', day: 1, hour: 3, minute: 0 });
  const [timeZone, setTimeZone] = useState(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [name, setName] = useState('');
  const { create } = useScheduleCommands();
  const settings = chosenSettings(choice);
  const canCreate = choice.categories.size > 0 && settings !== null && name.trim() !== '' && !create.isPending;
  const change = (part: Partial<RunChoice>) => setChoice((before) => ({ ...before, ...part }));
  const problem = create.error === null ? null : whenProblem(create.error);
  const submit = () =>
    create.mutate(
      {
        name: name.trim(),
        cron: choiceToCron(when),
        time_zone: timeZone,
        category_ids: [...choice.categories].sort(),
        ...(choice.productSource === null ? {} : { product_source: choice.productSource }),
        ...(choice.sellerSource === null ? {} : { seller_source: choice.sellerSource }),
        ...(settings === undefined || settings === null ? {} : { settings }),
      },
      { onSuccess: onDone },
    );
  return (
    <form
      noValidate
      className="flex flex-col gap-3 sm:h-full"
      onSubmit={(event) => {
        event.preventDefault();
        if (canCreate) submit();
      }}
    >
      <Field
        label="Name"
        maxLength={200}
        autoComplete="off"
        placeholder="Kitchen, every week"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <WhenFields
        choice={when}
        timeZone={timeZone}
        problem={problem}
        onChoice={(next) => {
          create.reset();
          setWhen(next);
        }}
        onTimeZone={setTimeZone}
      />
      <PresetBar choice={choice} onChoice={setChoice} />
      <div className="flex min-h-0 flex-1 flex-col gap-2 sm:overflow-auto">
        <div className="max-sm:h-96 sm:min-h-60 sm:flex-1">
          <CategoryPicker selected={choice.categories} onSelect={(categories) => change({ categories })} />
        </div>
        <SourceSelects
          draft={choice}
          onProduct={(productSource) => change({ productSource })}
          onSeller={(sellerSource) => change({ sellerSource })}
        />
        <div className="px-1 pb-1">
          <RunSettingsPart draft={choice.settings} onDraft={(next) => change({ settings: next })} />
        </div>
      </div>
      {create.isError && problem === null && (
        <p role="alert" className="text-danger">
          {errorWords(create.error)}
        </p>
      )}
      <div className="flex items-center justify-end gap-3">
        <span className="min-w-0 flex-1 truncate text-[13px] text-muted">
          {cronWords(choiceToCron(when))} · {timeZone}
        </span>
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" focusableWhenDisabled disabled={!canCreate}>
          {create.isPending ? 'Saving…' : 'Create schedule'}
        </Button>
      </div>
    </form>
  );
}

/** What the server says is wrong with the time, or null when it is about something else. */
function whenProblem(thrown: unknown): string | null {
  const { problems } = toAppError(thrown).details;
  if (!Array.isArray(problems)) return null;
  const [first] = problems as { path?: unknown; message?: unknown }[];
  const isWhen = first?.path === 'cron' || first?.path === 'time_zone';
  return isWhen && typeof first.message === 'string' ? first.message : null;
}
