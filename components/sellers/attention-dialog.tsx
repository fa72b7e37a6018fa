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
  const entries = useAttention(reader, open);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Needs attention"
      description="The server did not accept these changes. Nothing behind them is held up."
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
            <AttentionItem key={entry.id} entry={entry} />
          ))}
        </ul>
      )}
    </Dialog>
  );
}

function AttentionItem({ entry }: { entry: AttentionEntry }) {
  const what = attentionWords(entry);
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 py-2.5">
      <div className="min-w-48 flex-1">
        <p className="font-medium wrap-anywhere">{what}</p>
        <p className="text-[13px] text-muted">
          {entry.error.message} <RelativeTime at={entry.refused_at} />
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

/** The refused changes, followed while the dialog is open. */
function useAttention(reader: StoreReader, open: boolean): readonly AttentionEntry[] {
  const [entries, setEntries] = useState<readonly AttentionEntry[]>([]);
  useEffect(() => {
    if (!open) return;
    let closed = false;
    const read = async () => {
      try {
        const next = await reader.attention();
        if (!closed) setEntries(next);
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
  return entries;
}
