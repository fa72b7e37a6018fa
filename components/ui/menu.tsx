import { Menu as Base } from '@base-ui/react/menu';
import { type ReactNode, type RefObject, useRef } from 'react';
import { cn } from './cn.ts';
import { Kbd } from './kbd.tsx';
import { PopupFocus } from './popup-focus.tsx';

interface MenuProps {
  /** The menu's accessible name. */
  readonly label: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** What was chosen: run as the menu closes, with the focus back where it was. */
  readonly chosen: RefObject<(() => void) | null>;
  /** Where it opens, in pixels of the window. */
  readonly at: { readonly x: number; readonly y: number };
  readonly children: ReactNode;
}

/** A menu at a place, as a context menu is. */
export function MenuAt({ label, open, onOpenChange, chosen, at, children }: MenuProps) {
  const popup = useRef<HTMLDivElement>(null);
  const anchor = { getBoundingClientRect: () => new DOMRect(at.x, at.y, 0, 0) };
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Positioner anchor={anchor} side="bottom" align="start" className="z-50 outline-none">
          <Base.Popup
            ref={popup}
            aria-label={label}
            className="max-h-[var(--available-height)] min-w-56 overflow-auto rounded-md border border-line bg-raised p-1 text-foreground shadow-lg outline-none"
          >
            <PopupFocus open={open} first={popup} chosen={chosen} />
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

interface MenuEntryProps {
  readonly onClick: () => void;
  readonly icon: ReactNode;
  /** Keys that do the same. */
  readonly keys?: readonly string[] | undefined;
  readonly danger?: boolean;
  readonly children: ReactNode;
}

export function MenuEntry({ onClick, icon, keys, danger = false, children }: MenuEntryProps) {
  return (
    <Base.Item
      onClick={onClick}
      className={cn(
        'flex h-8 cursor-default items-center gap-2.5 rounded-sm pr-2 pl-2.5 outline-none select-none data-highlighted:bg-selected [&>svg]:size-4 [&>svg]:shrink-0',
        danger ? 'text-danger' : '[&>svg]:text-muted',
      )}
    >
      {icon}
      <span className="flex-1 whitespace-nowrap">{children}</span>
      {keys !== undefined && (
        <span aria-hidden="true" className="pl-4">
          <Kbd parts={keys} />
        </span>
      )}
    </Base.Item>
  );
}

export function MenuLine() {
  return <Base.Separator className="mx-1 my-1 h-px bg-line" />;
}
