import { useId, useMemo, useState } from 'react';
import { CategoryPicker } from '#components/runs/category-picker.tsx';
import { EstimatePanel } from '#components/runs/estimate-panel.tsx';
import { PresetBar } from '#components/runs/preset-bar.tsx';
import { chosenSettings, draftRequest, emptyChoice, planToChoice } from '#components/runs/run-draft.ts';
import { RunSettingsPart, useDefaultSettings } from '#components/runs/run-settings-part.tsx';
import { SourceSelects } from '#components/runs/source-selects.tsx';
import { useEstimate } from '#components/runs/use-estimate.ts';
import { useRunChoice } from '#components/runs/use-run-choice.ts';
import { errorWords } from '#components/shell/error-words.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogFooter } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import type { Schedule } from '#lib/protocol/collection-plans.ts';
import { toAppError } from '#lib/shared/to-app-error.ts';
import { choiceToCron, type CronChoice, cronToChoice } from './cron-choice.ts';
import { NextTimes } from './next-times.tsx';
import { scheduleChanges } from './schedule-changes.ts';
import { useScheduleCommands } from './use-schedule-commands.ts';
import { WhenFields } from './when-fields.tsx';

interface ScheduleDialogProps {
  open: boolean;
  /** The one to change; null: a new one. */
  schedule: Schedule | null;
  onOpenChange: (open: boolean) => void;
}

export function ScheduleDialog({ open, schedule, onOpenChange }: ScheduleDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={schedule === null ? 'New schedule' : 'Edit schedule'}
      description="The server starts the same run again and again, also while no browser is open."
      className="h-[780px] max-w-4xl"
    >
      <ScheduleForm schedule={schedule} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

/** A schedule takes categories: a list would be the same products for ever. */
const NO_LIST = { products: [], problems: [] };
const EVERY_MONDAY: CronChoice = { every: 'week', day: 1, hour: 3, minute: 0 };

/** Lives while the dialog is open, so that every opening starts anew. */
function ScheduleForm({ schedule, onDone }: { schedule: Schedule | null; onDone: () => void }) {
  const initial = schedule === null ? emptyChoice : planToChoice(schedule, new Set(schedule.category_ids));
  const { choice, missing, setChoice, change } = useRunChoice(initial);
  const [when, setWhen] = useState<CronChoice>(schedule === null ? EVERY_MONDAY : cronToChoice(schedule.cron));
  const [timeZone, setTimeZone] = useState(
    () => schedule?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
  );
  const [name, setName] = useState(schedule?.name ?? '');
  const commands = useScheduleCommands();
  const save = schedule === null ? commands.create : commands.change;
  const defaults = useDefaultSettings();
  const settings = chosenSettings(choice);
  const canSave =
    choice.categories.size > 0 && missing === null && settings !== null && name.trim() !== '' && !save.isPending;
  const problem = save.error === null ? null : whenProblem(save.error);
  const run = useMemo(() => draftRequest({ ...choice, from: 'categories', list: NO_LIST }), [choice]);
  const estimate = useEstimate(missing === null ? run : null);
  const formId = useId();
  const submit = () => {
    if (run === null) return;
    const request = { ...run, name: name.trim(), cron: choiceToCron(when), time_zone: timeZone };
    if (schedule === null) return commands.create.mutate(request, { onSuccess: onDone });
    // Of a change, what is left out stays: the defaults have to be named.
    const change = scheduleChanges(schedule, { settings: defaults, ...request });
    if (Object.keys(change).length === 0) return onDone();
    return commands.change.mutate({ id: schedule.id, change }, { onSuccess: onDone });
  };
  return (
    <form
      id={formId}
      noValidate
      className="flex flex-col gap-3 sm:h-full"
      onSubmit={(event) => {
        event.preventDefault();
        if (canSave) submit();
      }}
    >
      <div className="flex min-h-0 flex-1 flex-col gap-x-5 gap-y-3 sm:min-h-108 sm:flex-row">
        <div className="flex shrink-0 flex-col gap-3 sm:w-60">
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
              save.reset();
              setWhen(next);
            }}
            onTimeZone={setTimeZone}
          />
          <NextTimes cron={choiceToCron(when)} timeZone={timeZone} />
        </div>
        <div className="flex min-h-0 min-w-0 flex-1 flex-col gap-3">
          <PresetBar choice={choice} missing={missing} onChoice={setChoice} />
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
        </div>
      </div>
      <EstimatePanel
        idle={run === null}
        idleWords="Choose categories to see what each run will do and cost."
        estimate={estimate}
        missing={missing}
        onRetry={() => void estimate.refetch()}
        advice="Until it is less, or an owner raises the cap, no run is made."
      />
      <DialogFooter>
        {save.isError && problem === null && (
          <p role="alert" className="min-w-0 flex-1 text-danger">
            {errorWords(save.error)}
          </p>
        )}
        <Button onClick={onDone}>Cancel</Button>
        <Button form={formId} type="submit" variant="primary" focusableWhenDisabled disabled={!canSave}>
          {save.isPending ? 'Saving…' : schedule === null ? 'Create schedule' : 'Save changes'}
        </Button>
      </DialogFooter>
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
