import { useEffect, type RefObject } from 'react';
import { toast } from 'sonner';
import { useLatest } from '#components/grid/use-latest.ts';
import { errorWords } from '#components/shell/error-words.ts';

/** What is typed into, as a name for what was typed. */
export type TextField = `${'name' | 'note'} ${string}`;

const drafts = new Map<TextField, string>();
/** How often a field is on the page: while its row moves, perhaps at two places. */
const shown = new Map<TextField, number>();

export function setDraft(field: TextField, text: string): void {
  drafts.set(field, text);
}

/** What was typed into a field and not saved: it is there when the field is edited again. */
export function draftOf(field: TextField): string | undefined {
  return drafts.get(field);
}

/** It was saved, or given up. */
export function dropDraft(field: TextField): void {
  if (drafts.delete(field)) toast.dismiss(field);
}

/** Keeps what could not be saved, and says so. `title`: what it is, as `The note on seller_1`. */
export function keepDraft(field: TextField, title: string, text: string, why: string): void {
  drafts.set(field, text);
  toast.error(`${title} was not saved. ${why}`, {
    id: field,
    description: text.length > SHOWN ? `${text.slice(0, SHOWN)} …` : text,
    duration: Infinity,
    action: { label: 'Copy text', onClick: () => void copy(text) },
  });
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch (thrown) {
    toast.error(errorWords(thrown));
  }
}

/** Whether a field is still there. */
export interface FieldLife {
  isGone(): boolean;
  begin(): void;
  /** `gone` is called unless the field is there again at once: its row was moved, or effects done again in development. */
  end(gone: () => void): void;
}

export function createFieldLife(field: TextField): FieldLife {
  let isGone = false;
  return {
    isGone: () => isGone,
    begin() {
      isGone = false;
      shown.set(field, (shown.get(field) ?? 0) + 1);
    },
    end(gone) {
      isGone = true;
      shown.set(field, (shown.get(field) ?? 0) - 1);
      queueMicrotask(() => {
        if (shown.get(field) !== 0) return;
        shown.delete(field);
        gone();
      });
    },
  };
}

/** Calls back, as it was last drawn, when the field is gone. */
export function useWhenGone(life: FieldLife, gone: () => void): void {
  const latest = useLatest(gone);
  useEffect(() => {
    life.begin();
    return () => life.end(() => callLatest(latest));
  }, [life, latest]);
}

function callLatest(latest: RefObject<() => void>): void {
  latest.current();
}

/** Characters that a message shows. */
const SHOWN = 200;
