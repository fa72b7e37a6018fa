import { useEffect, useState } from 'react';
import { toast } from 'sonner';
import { command } from '#components/shell/command.ts';
import { errorWords } from '#components/shell/error-words.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import type { StoreReader } from '#lib/store/reader.ts';
import type { AttentionEntry } from '#lib/store/types.ts';
import { attentionWords } from './attention-words.ts';

interface AttentionDialogProps {
  readonly reader: StoreReader;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Changes that the server refused: what, why, and the two ways on. */
export function AttentionDialog({ reader, open, onOpenChange }: AttentionDialogProps) {
  const { entries, names } = useAttention(reader, open);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Needs attention"
      description="The server did not accept these changes. Everything else goes on syncing."
      footer={
        entries.length > 1 ? (
          <>
            <Button onClick={() => void resolve(entries, 'discard')}>Discard all</Button>
            <Button variant="primary" onClick={() => void resolve(entries, 'retry')}>
              Retry all
            </Button>
          </>
        ) : undefined
      }
    >
      {entries.length === 0 ? (
        <p className="py-6 text-center text-muted">Nothing is left here.</p>
      ) : (
        <ul className="divide-y divide-line">
          {entries.map((entry) => (
            <AttentionItem key={entry.id} entry={entry} seller={names.get(onlyTarget(entry))} />
          ))}
        </ul>
      )}
    </Dialog>
  );
}

function AttentionItem({ entry, seller }: { entry: AttentionEntry; seller: string | undefined }) {
  const what = attentionWords(entry, seller);
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 py-2.5">
      <div className="min-w-48 flex-1">
        <p className="font-medium wrap-anywhere">{what}</p>
        <p className="text-[13px] text-muted">
          {entry.error.message} · <RelativeTime at={entry.refused_at} />
        </p>
      </div>
      <div className="flex gap-1">
        <Button size="sm" aria-label={`Discard: ${what}`} onClick={() => void resolve([entry], 'discard')}>
          Discard
        </Button>
        <Button size="sm" aria-label={`Retry: ${what}`} onClick={() => void resolve([entry], 'retry')}>
          Retry
        </Button>
      </div>
    </li>
  );
}

async function resolve(entries: readonly AttentionEntry[], action: 'retry' | 'discard'): Promise<void> {
  try {
    await command('attention.resolve', { ids: entries.map(({ id }) => id), action });
  } catch (thrown) {
    toast.error(errorWords(thrown));
  }
}

interface Refusals {
  readonly entries: readonly AttentionEntry[];
  /** Of sellers that a change is about alone, by number. */
  readonly names: ReadonlyMap<number, string>;
}

async function readRefusals(reader: StoreReader): Promise<Refusals> {
  const entries = await reader.attention();
  const rows = await reader.readByNo(
    'sellers',
    entries.map(onlyTarget).filter((no) => no > 0),
  );
  return { entries, names: new Map(rows.map((row) => [row.no, String(row['display_name'])])) };
}

/** Number of the one seller that a change is about, or 0: of several, or not yet on the server. */
function onlyTarget({ targets }: AttentionEntry): number {
  return targets.length === 1 ? Math.max(0, targets[0]?.no ?? 0) : 0;
}

/** The refused changes, followed while the dialog is open. */
function useAttention(reader: StoreReader, open: boolean): Refusals {
  const [refusals, setRefusals] = useState<Refusals>({ entries: [], names: new Map() });
  useEffect(() => {
    if (!open) return;
    let closed = false;
    const read = async () => {
      try {
        const next = await readRefusals(reader);
        if (!closed) setRefusals(next);
      } catch (thrown) {
        toast.error(errorWords(thrown));
      }
    };
    void read();
    const stop = reader.onChange(({ outbox }) => {
      if (outbox) void read();
    });
    return () => {
      closed = true;
      stop();
    };
  }, [reader, open]);
  return refusals;
}
