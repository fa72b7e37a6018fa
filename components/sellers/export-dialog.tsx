import { useState } from 'react';
import { toast } from 'sonner';
import type { Selection } from '#components/grid/selection.ts';
import { Button } from '#components/ui/button.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { count, formatNumber } from '#components/ui/format.ts';
import { Progress } from '#components/ui/progress.tsx';
import type { ExportForm } from '#lib/query/export-text.ts';
import type { QueryClient } from '#lib/query/query-client.ts';
import type { Query } from '#lib/query/query.ts';
import { useExport } from './use-export.ts';
import { chosenRows } from './use-seller-page-actions.ts';

export interface ExportScope {
  readonly query: Query;
  /** Null: nothing is selected. */
  readonly selection: Selection | null;
  /** How many rows that is. */
  readonly rows: number;
  /** False while some of the list is still being read or received. */
  readonly isComplete: boolean;
}

interface ExportDialogProps {
  readonly client: QueryClient;
  readonly scope: ExportScope;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onFlag: (nos: Float64Array) => void;
}

const forms: readonly { form: ExportForm; title: string; text: string }[] = [
  { form: 'csv', title: 'CSV', text: 'for spreadsheets; one row a seller' },
  { form: 'json', title: 'JSON', text: 'for programs; one object a seller' },
  { form: 'names', title: 'Clipboard', text: 'names, one a line' },
];

/** The selected sellers, else those that match, as a file or on the clipboard. */
export function ExportDialog(props: ExportDialogProps) {
  return props.open ? <ExportForms {...props} /> : null;
}

function ExportForms({ client, scope, onOpenChange, onFlag }: ExportDialogProps) {
  // What was chosen when it was opened, whatever happens to the list behind it.
  const [{ query, selection, rows }] = useState(scope);
  const [form, setForm] = useState<ExportForm>('csv');
  const [mark, setMark] = useState(false);
  const [flag, setFlag] = useState(false);
  const { done, failure, start, cancel } = useExport(client);
  const busy = done !== null;
  const close = () => {
    cancel();
    onOpenChange(false);
  };
  const submit = async () => {
    const chosen = selection === null ? null : chosenRows(selection);
    const nos = await start({ query, chosen, form, mark });
    if (nos === null) return;
    onOpenChange(false);
    if (flag) onFlag(nos);
    else toast(`${form === 'names' ? 'Copied' : 'Exported'} ${count(nos.length, 'seller')}`);
  };
  return (
    <Dialog
      open
      onOpenChange={close}
      title="Export"
      description={scopeWords(query, selection !== null, rows)}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button variant="primary" disabled={busy || rows === 0} onClick={() => void submit()}>
            {form === 'names' ? 'Copy names' : `Export ${form.toUpperCase()}`}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <fieldset className="grid gap-1" disabled={busy}>
          <legend className="mb-1 font-medium">As</legend>
          {forms.map((one) => (
            <label key={one.form} className="flex items-center gap-2 rounded-md px-1 py-1 hover:bg-hover">
              <input
                type="radio"
                name="export-form"
                className="size-4 accent-accent"
                checked={form === one.form}
                onChange={() => setForm(one.form)}
              />
              <span className="font-medium">{one.title}</span>
              <span className="text-muted">{one.text}</span>
            </label>
          ))}
        </fieldset>
        <div className="grid gap-2">
          {form === 'csv' && (
            <label className="flex items-center gap-2 px-1">
              <Checkbox checked={mark} onCheckedChange={setMark} disabled={busy} />
              Mark it as UTF-8, which Excel needs for names that are not plain English
            </label>
          )}
          <label className="flex items-center gap-2 px-1">
            <Checkbox checked={flag} onCheckedChange={setFlag} disabled={busy} />
            Flag what was exported
          </label>
        </div>
        {!scope.isComplete && (
          <p role="status" className="text-[13px] text-warning">
            The list is still being loaded: only what is here already is exported.
          </p>
        )}
        {done !== null && (
          <div className="grid gap-1">
            <p aria-hidden="true" className="text-[13px] text-muted">
              {written(done, rows)}
            </p>
            <Progress label="Export" value={done} max={rows} valueText={written(done, rows)} />
          </div>
        )}
        {failure !== null && (
          <p role="alert" className="text-[13px] text-danger">
            Nothing was exported. {failure}
          </p>
        )}
      </div>
    </Dialog>
  );
}

function written(done: number, rows: number): string {
  return `${formatNumber(done)} of ${count(rows, 'seller')}`;
}

function scopeWords({ search, where }: Query, isSelection: boolean, rows: number): string {
  if (rows === 0) return 'There is no seller to export.';
  if (isSelection) return `The selection: ${count(rows, 'seller')}.`;
  const isAll = search === '' && where.length === 0;
  return isAll ? `The whole list: ${count(rows, 'seller')}.` : `What the filter shows: ${count(rows, 'seller')}.`;
}
