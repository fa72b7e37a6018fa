import { Popover as Base } from '@base-ui/react/popover';
import { type ReactElement, type ReactNode, useRef } from 'react';
import { focusFirst } from './popup-focus.tsx';

interface PopoverProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The accessible name of what opens. */
  title: string;
  /** The button that opens it. */
  trigger: ReactElement<Record<string, unknown>>;
  children: ReactNode;
}

/** A small panel at a button: focus goes into it, Escape and a click elsewhere close it. */
export function Popover({ open, onOpenChange, title, trigger, children }: PopoverProps) {
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align="start" sideOffset={6} collisionPadding={8} className="z-40 outline-none">
          <Base.Popup
            ref={popup}
            initialFocus={(by) => focusFirst(popup, by)}
            className="flex max-h-[var(--available-height)] w-80 max-w-[calc(100vw-16px)] flex-col overflow-auto rounded-lg border border-line bg-raised p-3 text-foreground shadow-lg outline-none"
          >
            <Base.Title className="sr-only">{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
