import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { startTransition, useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { Search } from '#components/ui/icons.ts';
import { Kbd } from '#components/ui/kbd.tsx';
import { PopupFocus } from '#components/ui/popup-focus.tsx';
import type { PaletteEntry } from './actions.ts';
import { keyParts } from './key-words.ts';
import { groups } from './shortcuts.ts';

interface CommandPaletteProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** What could be done when it was opened. */
  readonly entries: readonly PaletteEntry[];
  /** How often it was opened. */
  readonly opening: number;
}

interface EntryGroup {
  readonly value: string;
  readonly items: readonly PaletteEntry[];
}

/** Everything that can be done now, found by typing. What is chosen is done as it closes, with the focus back. */
export function CommandPalette({ open, onOpenChange, entries, opening }: CommandPaletteProps) {
  const chosen = useRef<(() => void) | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const choose = ({ run }: PaletteEntry) => {
    chosen.current = run;
    onOpenChange(false);
  };
  const byGroup = useMemo(
    () =>
      groups
        .map((value): EntryGroup => ({ value, items: entries.filter(({ group }) => group === value) }))
        .filter(({ items }) => items.length > 0),
    [entries],
  );
  return (
    <Dialog.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Viewport className="fixed inset-0 z-50 flex items-start justify-center px-4 pt-[12vh] pb-4">
          <Dialog.Popup
            aria-label="Commands"
            onKeyDownCapture={(event) => {
              if (event.key !== 'Escape') return;
              // Of the list it would empty the text first.
              event.preventDefault();
              event.stopPropagation();
              onOpenChange(false);
            }}
            className="flex max-h-[min(28rem,100%)] w-full max-w-xl flex-col overflow-hidden rounded-lg border border-line bg-raised text-foreground shadow-xl outline-none transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0"
          >
            <PopupFocus open={open} first={field} chosen={chosen} />
            <Autocomplete.Root
              // Opened again before it was gone, it begins anew.
              key={opening}
              open
              inline
              items={byGroup}
              autoHighlight="always"
              keepHighlight
              itemToStringValue={({ title }: PaletteEntry) => title}
            >
              <div className="relative border-b border-line">
                <Search
                  aria-hidden="true"
                  className="pointer-events-none absolute top-1/2 left-4 size-4 -translate-y-1/2 text-muted"
                />
                <Autocomplete.Input
                  ref={field}
                  aria-label="Find a command"
                  placeholder="What do you want to do?"
                  spellCheck={false}
                  className="h-11 w-full bg-transparent pr-4 pl-11 outline-none placeholder:text-muted"
                />
              </div>
              <Dialog.Close className="sr-only">Close</Dialog.Close>
              <Autocomplete.Empty className="px-4 text-muted not-empty:py-6">
                No command is called that.
              </Autocomplete.Empty>
              <EntryList onChoose={choose} />
            </Autocomplete.Root>
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Drawn a little after the field, bit by bit: at once they would hold up the page for a tenth of a second. */
function EntryList({ onChoose }: { onChoose: (entry: PaletteEntry) => void }) {
  const [isDrawn, setDrawn] = useState(false);
  useEffect(() => {
    if (isDrawn) return;
    // Who is quicker chooses from the list all the same.
    const hurry = ({ key }: KeyboardEvent) => {
      if (key === 'Enter') flushSync(() => setDrawn(true));
    };
    addEventListener('keydown', hurry, true);
    startTransition(() => setDrawn(true));
    return () => removeEventListener('keydown', hurry, true);
  }, [isDrawn]);
  if (!isDrawn) return null;
  return (
    <Autocomplete.List
      aria-label="Commands"
      tabIndex={-1}
      className="min-h-0 flex-1 scroll-py-1 overflow-auto overscroll-contain outline-none not-empty:p-1"
    >
      {(group: EntryGroup) => (
        <Autocomplete.Group key={group.value} items={group.items}>
          <Autocomplete.GroupLabel className="px-3 pt-2 pb-1 text-[12px] leading-4 text-muted">
            {group.value}
          </Autocomplete.GroupLabel>
          <Autocomplete.Collection>
            {(entry: PaletteEntry) => (
              <Autocomplete.Item
                key={entry.title}
                value={entry}
                // What it opens would take the same click of the mouse for one beside it.
                onClick={({ detail }) => (detail === 0 ? onChoose(entry) : setTimeout(() => onChoose(entry)))}
                className="flex min-h-8 cursor-default items-center gap-3 rounded-md px-3 outline-none select-none data-highlighted:bg-selected"
              >
                <span className="min-w-0 flex-1 truncate">{entry.title}</span>
                {entry.keys[0] !== undefined && (
                  <span aria-hidden="true">
                    <Kbd parts={keyParts(entry.keys[0])} />
                  </span>
                )}
              </Autocomplete.Item>
            )}
          </Autocomplete.Collection>
        </Autocomplete.Group>
      )}
    </Autocomplete.List>
  );
}
