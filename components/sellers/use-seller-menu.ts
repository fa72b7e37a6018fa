import { useCallback, useEffect, useState } from 'react';
import { rowIndexOf } from '#components/grid/drag-rows.ts';
import { useLatest } from '#components/grid/use-latest.ts';
import { useActions } from '#components/shortcuts/actions.ts';
import type { SellerRow } from '#lib/query/query.ts';
import type { OpenMenu } from './seller-menu.tsx';
import type { SellerCommands } from './use-seller-commands.ts';

/** The menu of a row. What it shows stays while it goes. */
export function useSellerMenu(commands: SellerCommands, rowAt: (index: number) => SellerRow | undefined) {
  const [shown, setShown] = useState<OpenMenu | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  const latest = useLatest({ commands, rowAt });
  const open = useCallback(
    (index: number, at: OpenMenu['at'] | null) => {
      const now = latest.current;
      const row = now.rowAt(index);
      const target = row === undefined ? null : now.commands.target(row);
      if (row === undefined || target === null) return;
      const handlers = now.commands.handlers(target, target.seller === null ? null : row);
      setShown({ target, at: at ?? besideRow(index), handlers });
      setIsOpen(true);
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
