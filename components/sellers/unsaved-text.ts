import { useEffect, type RefObject } from 'react';
import { toast } from 'sonner';
import { useLatest } from '#components/grid/use-latest.ts';
import { errorWords } from '#components/shell/error-words.ts';

/** What is typed into, as a name for what was typed. */
export type TextField = `${'name' | 'note'} ${string}`;

const drafts = new Map<TextField, string>();

/** What was typed into a field that is left and could not be saved: it is there when the field is edited again. */
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
  /** `gone` is called unless it begins again at once, as effects do in development. */
  end(gone: () => void): void;
}

export function createFieldLife(): FieldLife {
  let isGone = false;
  return {
    isGone: () => isGone,
    begin() {
      isGone = false;
    },
    end(gone) {
      isGone = true;
      queueMicrotask(() => {
        if (isGone) gone();
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
