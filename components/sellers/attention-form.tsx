import type { FormEvent, KeyboardEvent } from 'react';
import { useEffect, useId, useRef, useState } from 'react';
import { command } from '#components/shell/command.ts';
import { errorWords } from '#components/shell/error-words.ts';
import { Button } from '#components/ui/button.tsx';
import { Input } from '#components/ui/input.tsx';
import { cleanName, MAX_NOTE_LENGTH } from '#lib/domain/seller.ts';
import type { AttentionEntry } from '#lib/store/types.ts';
import { nameWords } from './name-words.ts';

/** Whether typing it better can help. */
export function isEditable({
  op,
  targets,
  data,
  error,
}: Pick<AttentionEntry, 'op' | 'targets' | 'data' | 'error'>): boolean {
  if (['deleted', 'not_found', 'partly_applied'].includes(error.code)) return false;
  return (op === 'update' || op === 'create') && targets.length === 1 && ('display_name' in data || 'note' in data);
}

interface AttentionFormProps {
  readonly entry: AttentionEntry;
  /** What the change is, in words. */
  readonly what: string;
  readonly onClose: () => void;
  /** The change waits to be sent again. */
  readonly onSaved: () => void;
}

/** What was typed, to be typed better. Escape leaves it as it was. */
export function AttentionForm({ entry, what, onClose, onSaved }: AttentionFormProps) {
  const { display_name: oldName, note: oldNote } = entry.data;
  const [name, setName] = useState(typeof oldName === 'string' ? oldName : null);
  const [note, setNote] = useState(typeof oldNote === 'string' ? oldNote : null);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const problemId = useId();
  const problem = (name === null ? null : nameWords(name)) ?? failure;

  useEffect(() => form.current?.querySelector<HTMLElement>('input, textarea')?.focus(), []);

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (busy || problem !== null) return;
    setBusy(true);
    const typed = { ...(name !== null && { display_name: cleanName(name) }), ...(note !== null && { note }) };
    try {
      await command('attention.edit', { id: entry.id, data: { ...entry.data, ...typed } });
      onSaved();
    } catch (thrown) {
      setFailure(errorWords(thrown));
      setBusy(false);
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
    // Of the form alone: the dialog would close.
    event.stopPropagation();
    event.preventDefault();
    onClose();
  }

  return (
    <form
      ref={form}
      noValidate
      aria-label={`Edit: ${what}`}
      aria-busy={busy}
      onSubmit={(event) => void save(event)}
      onKeyDown={onKeyDown}
      className="grid w-full gap-2"
    >
      {name !== null && (
        <Input
          value={name}
          aria-label="Name"
          spellCheck={false}
          aria-invalid={problem !== null}
          aria-describedby={problem === null ? undefined : problemId}
          onChange={(event) => {
            setName(event.currentTarget.value);
            setFailure(null);
          }}
        />
      )}
      {note !== null && (
        <textarea
          value={note}
          aria-label="Note"
          rows={3}
          maxLength={MAX_NOTE_LENGTH}
          onChange={(event) => {
            setNote(event.currentTarget.value);
            setFailure(null);
          }}
          className="w-full resize-y rounded-md border border-line-strong bg-raised px-2.5 py-1.5"
        />
      )}
      {problem !== null && (
        <p id={problemId} role="alert" className="text-[13px] text-danger">
          {problem}
        </p>
      )}
      <div className="flex justify-end gap-1">
        <Button size="sm" variant="ghost" onClick={onClose}>
          Cancel
        </Button>
        <Button size="sm" variant="primary" type="submit" disabled={busy || problem !== null} focusableWhenDisabled>
          Save
        </Button>
      </div>
    </form>
  );
}
