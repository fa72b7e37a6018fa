import { useRef, type ClipboardEvent } from 'react';
import { Button } from '#components/ui/button.tsx';
import { count } from '#components/ui/format.ts';

/** What a person has given: typed, and pasted as a list that is too long to be edited. */
export interface GivenText {
  readonly typed: string;
  readonly pasted: string;
}

export const nothingGiven: GivenText = { typed: '', pasted: '' };

/** More lines are kept beside the field: to lay out thousands in it would hold up the page. */
const MOST_LINES = 200;

const isLong = (text: string): boolean => text.split('\n', MOST_LINES + 1).length > MOST_LINES;
const joined = (one: string, other: string): string =>
  one === '' || other === '' ? one + other : `${one.replace(/\n$/, '')}\n${other}`;

/** All of it as one text. */
export function textOf({ typed, pasted }: GivenText): string {
  return joined(pasted, typed);
}

/** A text in the field, or beside it when it is long. */
export function givenText(text: string): GivenText {
  return isLong(text) ? { typed: '', pasted: text } : { typed: text, pasted: '' };
}

interface SellersFieldProps {
  readonly given: GivenText;
  readonly onGiven: (given: GivenText) => void;
  readonly onSubmit: () => void;
  readonly disabled: boolean;
  readonly describedBy: string;
}

/** Where sellers are typed or pasted. */
export function SellersField({ given, onGiven, onSubmit, disabled, describedBy }: SellersFieldProps) {
  const paste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const text = event.clipboardData.getData('text/plain').replace(/\r\n?/g, '\n');
    if (!isLong(text)) return;
    event.preventDefault();
    onGiven({ ...given, pasted: joined(given.pasted, text) });
  };
  const field = useRef<HTMLTextAreaElement>(null);
  const remove = () => {
    onGiven({ ...given, pasted: '' });
    // The button goes with what it removes.
    field.current?.focus();
  };
  const lines = given.pasted.trimEnd().split('\n').length;
  return (
    <>
      {given.pasted !== '' && (
        <p className="flex items-center gap-2 rounded-md border border-line bg-surface py-1 pr-1 pl-2.5 text-[13px]">
          <span role="status" className="min-w-0 flex-1">
            {count(lines, 'line')} pasted
          </span>
          <Button size="sm" variant="ghost" aria-label="Remove what was pasted" disabled={disabled} onClick={remove}>
            Remove
          </Button>
        </p>
      )}
      <textarea
        ref={field}
        autoFocus
        aria-label="Sellers to add"
        aria-describedby={describedBy}
        spellCheck={false}
        rows={given.pasted === '' ? 6 : 3}
        disabled={disabled}
        placeholder={given.pasted === '' ? 'cartridge_man07\nbest-deals-4u' : 'More names'}
        className="w-full resize-y rounded-md border border-line-strong bg-raised p-2.5 font-mono text-[13px] placeholder:text-muted"
        value={given.typed}
        onPaste={paste}
        onChange={(event) => onGiven({ ...given, typed: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onSubmit();
        }}
      />
    </>
  );
}
