import { useId, useState } from 'react';
import { errorWords } from '#components/shell/error-words.ts';
import { usePermission } from '#components/shell/use-permission.ts';
import { Button } from '#components/ui/button.tsx';
import { DialogFooter } from '#components/ui/dialog.tsx';
import { formatCents } from '#components/ui/format.ts';
import { Input } from '#components/ui/input.tsx';
import { MAX_PRODUCTS } from '#lib/domain/max-products.ts';
import type { RunRequest } from '#lib/protocol/collection.ts';
import { ASKING_FOR_SOURCES, EstimatePanel } from './estimate-panel.tsx';
import { chosenSettings, type RunDraft } from './run-draft.ts';
import { useEstimate } from './use-estimate.ts';
import { useRequestId } from './use-request-id.ts';
import type { MissingSources } from './use-run-choice.ts';
import { useStartRun } from './use-start-run.ts';

interface StartRowProps {
  draft: RunDraft;
  /** Null: nothing is chosen that a run could be made of. */
  chosen: RunRequest | null;
  missing: MissingSources | null;
  onDone: () => void;
  onStarted: () => void;
}

/** What the run would cost, its name, and the button that starts it. */
export function StartRow({ draft, chosen, missing, onDone, onStarted }: StartRowProps) {
  const request = missing === null ? chosen : null;
  const [name, setName] = useState('');
  const estimate = useEstimate(request);
  const start = useStartRun();
  const idOf = useRequestId();
  const reasonId = useId();
  const mayStart = usePermission('runs.start');
  const reason =
    mayStart === false ? 'Your role cannot start runs' : (whyNot(draft, chosen, missing) ?? estimate.reason);
  const submit = () => {
    if (request === null || reason !== null || start.isPending) return;
    const named = name.trim() === '' ? request : { ...request, name: name.trim() };
    start.mutate({ ...named, id: idOf(named) }, { onSuccess: onStarted });
  };
  return (
    <>
      <EstimatePanel
        idle={chosen === null}
        {...(chosenSettings(draft) === null && {
          idleWords: 'Mend what is marked in the settings to see what the run will do and cost.',
        })}
        estimate={estimate}
        missing={missing}
        onRetry={() => void estimate.refetch()}
      />
      <DialogFooter>
        <div className="grid min-w-0 flex-1 gap-2">
          {start.isError && (
            <p role="alert" className="text-danger">
              {errorWords(start.error)}
            </p>
          )}
          <div className="flex flex-wrap items-center justify-end gap-x-3 gap-y-2">
            <Input
              aria-label="Name of the run"
              aria-describedby={reasonId}
              placeholder="Name (optional)"
              maxLength={200}
              autoComplete="off"
              className="sm:w-56"
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key === 'Enter') submit();
              }}
            />
            <span id={reasonId} className="min-w-0 flex-1 text-right text-[13px] text-muted">
              {reason ?? (
                <span className="sm:hidden">{estimate.data && formatCents(estimate.data.total.cost_cents)}</span>
              )}
            </span>
            <Button onClick={onDone}>Cancel</Button>
            <Button
              variant="primary"
              focusableWhenDisabled
              disabled={reason !== null || start.isPending}
              aria-describedby={reasonId}
              onClick={submit}
            >
              {start.isPending ? 'Starting…' : 'Start'}
            </Button>
          </div>
        </div>
      </DialogFooter>
    </>
  );
}

/** Why there is nothing to be started, or null when there is. */
function whyNot(draft: RunDraft, chosen: RunRequest | null, missing: MissingSources | null): string | null {
  if (chosenSettings(draft) === null) return 'Something is not right in the settings';
  if (draft.from === 'list' && draft.list.products.length > MAX_PRODUCTS) return 'Too many products for one run';
  if (chosen === null) return 'Nothing chosen yet';
  if (missing !== null) return missing.error === null ? ASKING_FOR_SOURCES : 'The server’s sources are not known';
  return null;
}
