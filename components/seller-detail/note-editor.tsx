import type { KeyboardEvent } from 'react';
import { useId, useLayoutEffect, useRef, useState } from 'react';
import { errorWords } from '#components/shell/error-words.ts';
import { isMac } from '#components/shortcuts/key-words.ts';
import { Button } from '#components/ui/button.tsx';
import { formatNumber } from '#components/ui/format.ts';
import { useSellerActions } from '#components/sellers/seller-actions.ts';
import {
  draftOf,
  dropDraft,
  createFieldLife,
  keepDraft,
  setDraft,
  useWhenGone,
} from '#components/sellers/unsaved-text.ts';
import { MAX_NOTE_LENGTH } from '#lib/domain/seller.ts';
import type { Seller } from '#lib/tables/sellers.ts';

/** Ctrl/⌘ Enter and leaving it save, Escape does not. What cannot be saved once it is gone is kept and said. */
export function NoteEditor({ seller, onClose }: { seller: Seller; onClose: () => void }) {
  const { setNote } = useSellerActions();
  const draft = `note ${seller.id}` as const;
  const before = seller.note ?? '';
  const [typed, setTyped] = useState(() => draftOf(draft) ?? before);
  const [life] = useState(() => createFieldLife(draft));
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  /** Saving, or done: leaving the field then means nothing. */
  const settled = useRef(false);
  const id = useId();
  const tooLong = typed.length - MAX_NOTE_LENGTH;
  const problem = tooLong > 0 ? `Shorten the note by ${formatNumber(tooLong)} characters.` : failure;

  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(before.length, before.length);
  }, [before.length]);

  /** With the keyboard, the focus goes back to the panel; with the mouse it is already elsewhere. */
  function close(byKey: boolean): void {
    settled.current = true;
    dropDraft(draft);
    if (byKey) field.current?.closest('aside')?.querySelector('h2')?.focus();
    onClose();
  }

  async function save(byKey: boolean): Promise<void> {
    if (settled.current) return;
    if (tooLong > 0) return life.isGone() ? keep(problem ?? '') : undefined;
    const note = typed.trim() === '' ? null : typed;
    if (note === seller.note) return life.isGone() ? dropDraft(draft) : close(byKey);
    settled.current = true;
    setBusy(true);
    try {
      await setNote(seller, seller.note, note);
      close(byKey);
    } catch (thrown) {
      if (life.isGone()) return keep(errorWords(thrown));
      setFailure(errorWords(thrown));
      settled.current = false;
      setBusy(false);
    }
  }

  function keep(why: string): void {
    keepDraft(draft, `The note on ${seller.display_name}`, typed, why);
  }

  useWhenGone(life, () => void save(false));

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      // Of the field alone: the panel stays open.
      event.preventDefault();
      event.stopPropagation();
      close(true);
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void save(true);
    }
  }

  return (
    <div
      className="grid gap-2"
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget) && failure === null) void save(false);
      }}
    >
      <textarea
        ref={field}
        value={typed}
        rows={4}
        aria-label="Note"
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : id}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setDraft(draft, event.currentTarget.value);
          setFailure(null);
        }}
        onKeyDown={onKeyDown}
        className="w-full resize-y rounded-md border border-line-strong bg-raised px-2.5 py-1.5 aria-invalid:border-danger"
      />
      {problem !== null && (
        <p id={id} role="alert" className="text-[13px] text-danger">
          {problem}
        </p>
      )}
      <div className="flex justify-end gap-1">
        <Button size="sm" variant="ghost" onClick={() => close(true)}>
          Cancel
        </Button>
        <Button
          size="sm"
          variant="primary"
          disabled={busy || tooLong > 0}
          focusableWhenDisabled
          title={isMac ? 'Save (⌘ Enter)' : 'Save (Ctrl Enter)'}
          onClick={() => void save(true)}
        >
          Save
        </Button>
      </div>
    </div>
  );
}
