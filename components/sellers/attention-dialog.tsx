import { useRef, useState } from 'react';
import { toast } from 'sonner';
import { command } from '#components/shell/command.ts';
import { errorWords } from '#components/shell/error-words.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { count } from '#components/ui/format.ts';
import { chunk } from '#lib/shared/chunk.ts';
import type { StoreReader } from '#lib/store/reader.ts';
import { AttentionItem } from './attention-item.tsx';
import { onlyTarget, type Refusals, useAttention } from './use-attention.ts';

interface AttentionDialogProps {
  readonly reader: StoreReader;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

const none: Refusals = { shown: [], ids: [], names: new Map() };

/** Changes that the server refused: what, why, and the ways on. */
export function AttentionDialog({ reader, open, onOpenChange }: AttentionDialogProps) {
  const refusals = useAttention(reader, open);
  const { shown, ids, names } = refusals ?? none;
  const list = useRef<HTMLUListElement>(null);
  // The buttons of what was dealt with are gone, and the focus must not be lost with them.
  const keepFocus = () => list.current?.focus();
  const more = ids.length - shown.length;
  return (
    <Dialog
      // Opened before they are known, it would say that there are none, and begin at Close.
      open={open && refusals !== null}
      onOpenChange={onOpenChange}
      title="Needs attention"
      description={
        ids.length === 0 ? undefined : 'The server did not accept these changes. Everything else goes on syncing.'
      }
      footer={ids.length > 1 ? <ForAll ids={ids} /> : undefined}
    >
      {ids.length === 0 ? (
        <p className="py-6 text-center text-muted">Nothing is left here.</p>
      ) : (
        <ul ref={list} tabIndex={-1} aria-label="Refused changes" className="divide-y divide-line outline-none">
          {shown.map((entry) => (
            <AttentionItem
              key={entry.id}
              entry={entry}
              seller={names.get(onlyTarget(entry))}
              onResolve={(action) => void resolve([entry.id], action).then(keepFocus)}
              onDone={keepFocus}
            />
          ))}
        </ul>
      )}
      {more > 0 && <p className="border-t border-line py-2.5 text-muted">and {count(more, 'more change')}</p>}
    </Dialog>
  );
}

/** Discarding loses what was typed, so for several it is asked first. */
function ForAll({ ids }: { ids: readonly string[] }) {
  const [asking, setAsking] = useState(false);
  if (!asking)
    return (
      <>
        <Button onClick={() => setAsking(true)}>Discard all</Button>
        <Button variant="primary" onClick={() => void resolve(ids, 'retry')}>
          Retry all
        </Button>
      </>
    );
  return (
    <>
      <p role="alert" className="mr-auto">
        Discard {count(ids.length, 'change')} for good?
      </p>
      <Button autoFocus onClick={() => setAsking(false)}>
        Keep them
      </Button>
      <Button
        variant="danger"
        onClick={() => {
          setAsking(false);
          void resolve(ids, 'discard');
        }}
      >
        Discard {count(ids.length, 'change')}
      </Button>
    </>
  );
}

/** Ids of one command, by the contract. */
const MOST_IDS = 10_000;

async function resolve(ids: readonly string[], action: 'retry' | 'discard'): Promise<void> {
  try {
    for (const some of chunk(ids, MOST_IDS)) await command('attention.resolve', { ids: some, action });
  } catch (thrown) {
    toast.error(errorWords(thrown));
  }
}
