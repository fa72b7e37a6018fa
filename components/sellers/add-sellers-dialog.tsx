import { useId, useMemo, useState } from 'react';
import { errorWords } from '#components/shell/error-words.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { count, formatNumber } from '#components/ui/format.ts';
import { Progress } from '#components/ui/progress.tsx';
import type { QueryClient } from '#lib/query/query-client.ts';
import { JudgedLineTable } from './judged-line-table.tsx';
import type { SellerChange } from './seller-changes.ts';
import { MAX_LINES, textOfNames } from './seller-lines.ts';
import { givenText, nothingGiven, SellersField, textOf } from './sellers-field.tsx';
import { useKnownLines } from './use-known-lines.ts';

interface AddSellersDialogProps {
  readonly client: QueryClient;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly add: (names: readonly string[], progress: (done: number) => void) => Promise<SellerChange>;
  readonly onAdded: (words: string, change: SellerChange) => void;
}

/** Sellers by hand: one, or a pasted list, judged line by line before anything is added. */
export function AddSellersDialog(props: AddSellersDialogProps) {
  const { open, onOpenChange } = props;
  return open ? <AddForm {...props} onClose={() => onOpenChange(false)} /> : null;
}

function AddForm({ client, add, onAdded, onClose }: AddSellersDialogProps & { onClose: () => void }) {
  const [given, setGiven] = useState(nothingGiven);
  const [done, setDone] = useState<number | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const helpId = useId();
  const text = useMemo(() => textOf(given), [given]);
  const judged = useKnownLines(client, text);
  const lines = judged.lines ?? [];
  const names = lines.filter(({ state }) => state === 'new').map(({ name }) => name);
  const { tooMany } = judged;
  const submit = async () => {
    setDone(0);
    setFailure(null);
    try {
      const change = await add(names, setDone);
      onAdded(`Added ${change.sellers === 1 ? (names[0] ?? '1 seller') : count(change.sellers, 'seller')}`, change);
      if (change.failure === null) return onClose();
      setGiven(givenText(textOfNames(names.slice(change.sellers))));
      setFailure(
        `${formatNumber(change.sellers)} of ${count(names.length, 'seller')} were added. ${change.failure.message}`,
      );
      setDone(null);
    } catch (thrown) {
      setFailure(errorWords(thrown));
      setDone(null);
    }
  };
  const busy = done !== null;
  return (
    <Dialog
      open
      // What is being added is added to its end.
      onOpenChange={() => !busy && onClose()}
      title="Add sellers"
      className="max-w-xl"
      footer={
        <>
          <Button onClick={onClose} disabled={busy}>
            Cancel
          </Button>
          <Button variant="primary" disabled={busy || names.length === 0 || tooMany} onClick={() => void submit()}>
            {names.length === 0 ? 'Add' : `Add ${count(names.length, 'seller')}`}
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <p id={helpId} className="text-muted">
          One eBay username a line, or CSV with a column of names. Addresses such as ebay.com/usr/name work too.
        </p>
        <SellersField
          given={given}
          onGiven={(next) => {
            setGiven(next);
            setFailure(null);
          }}
          onSubmit={() => {
            if (names.length > 0 && !busy && !tooMany) void submit();
          }}
          disabled={busy}
          describedBy={helpId}
        />
        <p role="status" aria-label="Preview" className="min-h-5 text-[13px]">
          {judged.failure !== null
            ? `Which of them are known cannot be told: ${judged.failure}`
            : judged.lines === null
              ? 'Looking …'
              : text.trim() === ''
                ? ''
                : previewWords(judged.lines.map(({ state }) => state))}
        </p>
        {tooMany && (
          <p role="alert" className="text-[13px] text-danger">
            {formatNumber(MAX_LINES)} lines are taken at once. Split the list into parts.
          </p>
        )}
        {lines.length > 0 && <JudgedLineTable lines={lines} />}
        {done !== null && (
          <Progress
            label="Adding"
            value={done}
            max={names.length}
            valueText={`${formatNumber(done)} of ${count(names.length, 'seller')}`}
          />
        )}
        {failure !== null && (
          <p role="alert" className="text-[13px] text-danger">
            {failure}
          </p>
        )}
      </div>
    </Dialog>
  );
}

function previewWords(states: readonly string[]): string {
  const of = (...wanted: string[]): number => states.filter((state) => wanted.includes(state)).length;
  const [fresh, known, twice] = [of('new'), of('known'), of('twice')];
  const invalid = states.length - fresh - known - twice;
  const repeated = twice === 0 ? '' : ` · ${formatNumber(twice)} repeated`;
  return `${formatNumber(fresh)} new · ${formatNumber(known)} known${repeated} · ${formatNumber(invalid)} invalid`;
}
