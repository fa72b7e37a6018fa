import { startTransition, useCallback, useEffect, useState } from 'react';
import { rowIndexOf } from '#components/grid/drag-rows.ts';
import { useLatest } from '#components/grid/use-latest.ts';
import type { Handlers } from '#components/shortcuts/actions.ts';
import { useActions } from '#components/shortcuts/actions.ts';
import type { SellerRow } from '#lib/query/query.ts';
import type { SellerTarget } from './seller-target.ts';
import type { SellerCommands } from './use-seller-commands.ts';

interface OpenMenu {
  readonly target: SellerTarget;
  readonly at: { readonly x: number; readonly y: number };
  /** What can be done to the target. */
  readonly handlers: Handlers;
}

/** Opens the menu of a row; `at`: in pixels of the window, else beside the row. */
export type OpenSellerMenu = (index: number, at: OpenMenu['at'] | null) => void;

export interface SellerMenuParts {
  readonly commands: SellerCommands;
  readonly rowAt: (index: number) => SellerRow | undefined;
}

/** The menu of a row. What it shows stays while it goes. */
export function useSellerMenu({ commands, rowAt }: SellerMenuParts) {
  const [shown, setShown] = useState<OpenMenu | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  const latest = useLatest({ commands, rowAt });
  const open = useCallback<OpenSellerMenu>(
    (index, at) => {
      const now = latest.current;
      const row = now.rowAt(index);
      const target = row === undefined ? null : now.commands.target(row);
      if (row === undefined || target === null) return;
      const handlers = now.commands.handlers(target, target.seller === null ? null : row);
      const show = (): void => {
        setShown({ target, at: at ?? besideRow(index), handlers });
        setIsOpen(true);
      };
      // What a press of the mouse itself sets off has the same task, so then it comes bit by bit; the next key is for it.
      if (at === null) show();
      else startTransition(show);
    },
    [latest],
  );
  useActions(() => {
    const index = rowIndexOf(document.activeElement);
    return { handlers: { menu: index === null ? undefined : () => open(index, null) } };
  });
  // The browser's own comes a moment after the key that opened ours.
  useEffect(() => {
    if (!isOpen) return;
    const prevent = (event: Event) => event.preventDefault();
    addEventListener('contextmenu', prevent, true);
    return () => removeEventListener('contextmenu', prevent, true);
  }, [isOpen]);
  return { shown, isOpen, open, close: () => setIsOpen(false) };
}

function besideRow(index: number): OpenMenu['at'] {
  const row = document.querySelector(`[role=row][data-index="${index}"]`);
  const { left, bottom } = row?.getBoundingClientRect() ?? new DOMRect();
  return { x: left + 48, y: bottom };
}
