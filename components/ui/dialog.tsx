import { Dialog as Base } from '@base-ui/react/dialog';
import { createContext, type ReactNode, use, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { Button } from './button.tsx';
import { cn } from './cn.ts';
import { X } from './icons.ts';
import { focusFirst } from './popup-focus.tsx';

const FooterContext = createContext<HTMLElement | null>(null);

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The dialog's accessible name. */
  title: string;
  description?: string | undefined;
  children: ReactNode;
  /** Buttons at the bottom, main one last. */
  footer?: ReactNode;
  /** Its width, and its height if that is fixed. */
  className?: string | undefined;
}

/**
 * A modal dialog: it opens with the focus on its first field, or on its main button; focus stays inside, Escape
 * closes, focus returns to where it was.
 */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  children,
  footer,
  className = 'max-w-lg',
}: DialogProps) {
  const popup = useRef<HTMLDivElement>(null);
  const [end, setEnd] = useState<HTMLElement | null>(null);
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        {/* One row as high as the window: a row that grows with the dialog would leave its end below the edge. */}
        <Base.Viewport className="fixed inset-0 z-50 grid grid-rows-[minmax(0,1fr)] place-items-center p-4">
          <Base.Popup
            ref={popup}
            initialFocus={(by) => focusFirst(popup, by, firstStep)}
            className={cn(
              'flex max-h-full w-full flex-col overflow-hidden rounded-lg border border-line bg-raised text-foreground shadow-xl outline-none',
              'transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0',
              className,
            )}
          >
            <header className="flex items-start gap-3 border-b border-line px-4 py-3">
              <div className="min-w-0 flex-1">
                <Base.Title className="text-base font-semibold">{title}</Base.Title>
                {description !== undefined && (
                  <Base.Description className="mt-0.5 text-muted">{description}</Base.Description>
                )}
              </div>
              <Base.Close render={<Button variant="ghost" size="icon" aria-label="Close" />}>
                <X aria-hidden="true" />
              </Base.Close>
            </header>
            <FooterContext value={end}>
              <div className="min-h-0 flex-1 overflow-auto px-4 py-3">{children}</div>
            </FooterContext>
            <footer
              ref={setEnd}
              className="flex gap-2 border-t border-line px-4 py-3 empty:hidden max-sm:flex-col sm:items-center sm:justify-end"
            >
              {footer}
            </footer>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

/** Puts what knows the state of the dialog's content into its footer, which stays in sight however long that is. */
export function DialogFooter({ children }: { children: ReactNode }) {
  const footer = use(FooterContext);
  return footer === null ? null : createPortal(children, footer);
}

/** Where a person begins: the first field, else the main button, which is the last one. */
function firstStep(popup: HTMLElement): HTMLElement | null {
  const field = 'input:not(:disabled, [aria-hidden=true]), textarea:not(:disabled)';
  const buttons = popup.querySelectorAll<HTMLElement>('button:not(:disabled)');
  return popup.querySelector<HTMLElement>(field) ?? [...buttons].at(-1) ?? null;
}
