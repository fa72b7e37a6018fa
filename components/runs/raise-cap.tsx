import { useState } from 'react';
import { errorWords } from '#components/shell/error-words.ts';
import { usePermission } from '#components/shell/use-permission.ts';
import { Button } from '#components/ui/button.tsx';
import { formatCents } from '#components/ui/format.ts';
import { Input } from '#components/ui/input.tsx';
import type { CollectionRun } from '#lib/tables/collection-runs.ts';
import { useRunCommand } from './use-run-command.ts';

/** A run that has reached its cap goes on with a higher one. */
export function RaiseCap({ run }: { run: Pick<CollectionRun, 'id' | 'budget_cap_cents'> }) {
  const [text, setText] = useState(((run.budget_cap_cents * 2) / 100).toFixed(2));
  const change = useRunCommand(run.id);
  const mayRaise = usePermission('settings.manage');
  const cents = /^\d{1,7}(?:\.\d{1,2})?$/u.test(text.trim()) ? Math.round(Number(text) * 100) : null;
  const isHigher = cents !== null && cents > run.budget_cap_cents;
  if (mayRaise === undefined) return null;
  if (!mayRaise) return <p className="text-[13px] text-muted">An owner of the workspace can raise the cap.</p>;
  return (
    <form
      className="flex flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (cents !== null && isHigher && !change.isPending) change.mutate({ action: 'resume', cap: cents });
      }}
    >
      <span aria-hidden="true" className="text-[13px]">
        Cap, $
      </span>
      <Input
        aria-label="New cap, $"
        inputMode="decimal"
        autoComplete="off"
        aria-invalid={!isHigher}
        size="sm"
        className="text-right"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" size="sm" variant="primary" disabled={!isHigher || change.isPending}>
        Raise the cap and resume
      </Button>
      {!isHigher && (
        <p role="status" className="w-full text-[13px] text-danger">
          An amount above {formatCents(run.budget_cap_cents)}.
        </p>
      )}
      {change.isError && (
        <p role="alert" className="w-full text-[13px] text-danger">
          {errorWords(change.error)}
        </p>
      )}
    </form>
  );
}
