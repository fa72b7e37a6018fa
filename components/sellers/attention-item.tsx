import { useRef, useState } from 'react';
import { routeHash } from '#components/shell/route.ts';
import { Button } from '#components/ui/button.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import type { AttentionEntry } from '#lib/store/types.ts';
import { AttentionForm, isEditable } from './attention-form.tsx';
import { attentionWords, refusalWords } from './attention-words.ts';

interface AttentionItemProps {
  readonly entry: AttentionEntry;
  /** Name of the one seller that it is about. */
  readonly seller: string | undefined;
  readonly onResolve: (action: 'retry' | 'discard') => void;
  /** It is dealt with and goes from the list. */
  readonly onDone: () => void;
}

/** One refused change: what, why, and the ways on. */
export function AttentionItem({ entry, seller, onResolve, onDone }: AttentionItemProps) {
  const [editing, setEditing] = useState(false);
  const edit = useRef<HTMLButtonElement>(null);
  const what = attentionWords(entry, seller);
  const name = entry.data['display_name'];
  const close = () => {
    // Before the focused field goes: the dialog would take the focus to its beginning.
    edit.current?.focus();
    setEditing(false);
  };
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 py-2.5">
      <div className="min-w-48 flex-1">
        <p className="line-clamp-3 font-medium wrap-anywhere">{what}</p>
        <p className="text-[13px] wrap-anywhere text-muted">
          {refusalWords(entry)}{' '}
          {entry.error.code === 'name_taken' && typeof name === 'string' && (
            <a href={routeHash('sellers', { q: name })} className="text-accent hover:underline">
              Show {name}
            </a>
          )}
          <span className="whitespace-nowrap">
            {' · '}
            <RelativeTime at={entry.refused_at} />
          </span>
        </p>
      </div>
      <div className="flex gap-1">
        <Button size="sm" aria-label={`Discard: ${what}`} onClick={() => onResolve('discard')}>
          Discard
        </Button>
        {isEditable(entry) && (
          <Button
            ref={edit}
            size="sm"
            aria-label={`Edit: ${what}`}
            aria-expanded={editing}
            onClick={() => setEditing(!editing)}
          >
            Edit
          </Button>
        )}
        <Button size="sm" aria-label={`Retry: ${what}`} onClick={() => onResolve('retry')}>
          Retry
        </Button>
      </div>
      {editing && <AttentionForm entry={entry} what={what} onClose={close} onSaved={onDone} />}
    </li>
  );
}
