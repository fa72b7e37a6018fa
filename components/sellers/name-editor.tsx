import type { KeyboardEvent } from 'react';
import { useId, useLayoutEffect, useRef, useState } from 'react';
import { errorWords } from '#components/shell/error-words.ts';
import { cn } from '#components/ui/cn.ts';
import { cleanName } from '#lib/domain/seller.ts';
import type { EditedField } from './edited-field.ts';
import { nameWords } from './name-words.ts';
import type { ActedSeller } from './seller-actions.ts';
import { useSellerActions } from './seller-actions.ts';
import { draftOf, dropDraft, createFieldLife, keepDraft, setDraft, useWhenGone } from './unsaved-text.ts';

/** Enter and leaving the field save, Escape does not. What was typed stays until it is saved, also when the field is gone before. */
export function NameEditor({ row, field }: { row: ActedSeller; field: EditedField }) {
  const { rename, endEdit } = useSellerActions();
  const draft = `name ${row.id}` as const;
  const [typed, setTyped] = useState(() => draftOf(draft) ?? row.display_name);
  const [life] = useState(() => createFieldLife(draft));
  const [failure, setFailure] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  /** Saving, or done: leaving the field then means nothing. */
  const settled = useRef(false);
  const problemId = useId();
  const problem = nameWords(typed) ?? failure;

  // Before anybody looks where the focus is: the button that opened it has just gone.
  useLayoutEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);

  /** With the keyboard, the focus goes back to the cell or panel; with the mouse it is already elsewhere. */
  function close(byKey: boolean): void {
    settled.current = true;
    dropDraft(draft);
    if (byKey) ownerOf(input.current)?.focus();
    endEdit(field);
  }

  async function save(byKey: boolean): Promise<void> {
    if (settled.current) return;
    const wrong = nameWords(typed);
    if (wrong !== null && !life.isGone()) return;
    if (typed.trim() === '') return dropDraft(draft);
    if (wrong !== null) return keep(wrong);
    if (cleanName(typed) === row.display_name) return life.isGone() ? dropDraft(draft) : close(byKey);
    settled.current = true;
    try {
      await rename(row, cleanName(typed));
      close(byKey);
    } catch (thrown) {
      if (life.isGone()) return keep(errorWords(thrown));
      setFailure(errorWords(thrown));
      settled.current = false;
    }
  }

  function keep(why: string): void {
    keepDraft(draft, `The name ${typed} for ${row.display_name}`, typed, why);
    endEdit(field);
  }

  useWhenGone(life, () => void save(false));

  function onKeyDown(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key === 'Escape') {
      event.preventDefault();
      close(true);
    }
    // Enter also ends the composition of an input method; that is not a save.
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) void save(true);
  }

  return (
    <span className="relative min-w-0 flex-1">
      <input
        ref={input}
        value={typed}
        aria-label={`Name of ${row.display_name}`}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : problemId}
        spellCheck={false}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setDraft(draft, event.currentTarget.value);
          setFailure(null);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => (failure === null ? void save(false) : undefined)}
        className={cn(
          '-ml-1.5 h-7 w-full rounded-sm border bg-raised px-1.5 font-medium text-foreground',
          problem === null ? 'border-accent' : 'border-danger',
        )}
      />
      {problem !== null && (
        <span
          id={problemId}
          role="alert"
          className="absolute top-full left-0 z-20 mt-1 w-max max-w-60 rounded-md border border-danger bg-raised px-2 py-1 text-[12px] text-danger shadow-md"
        >
          {problem}
        </span>
      )}
    </span>
  );
}

function ownerOf(input: HTMLElement | null): HTMLElement | null {
  return input?.closest<HTMLElement>('[role=gridcell]') ?? input?.closest('aside')?.querySelector('h2') ?? null;
}
