import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { Button } from './button.tsx';
import { X } from './icons.ts';

interface SidePanelProps {
  /** The panel's accessible name, and what stands at its top. */
  title: string;
  /** Beside the title. */
  badge?: ReactNode;
  children: ReactNode;
  onClose: () => void;
}

/** Details at the right of a list; where width is scarce they come over it from below. Escape closes. */
export function SidePanel({ title, badge, children, onClose }: SidePanelProps) {
  const panel = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  // Before the panel is taken away: afterwards nobody knows where the focus was.
  useLayoutEffect(() => {
    const element = panel.current;
    // A field that it opens with has the focus by now.
    const opener = element?.contains(document.activeElement) === true ? null : document.activeElement;
    if (opener !== null) heading.current?.focus({ preventScroll: true });
    return () => {
      const isInside = element?.contains(document.activeElement) === true;
      if (isInside && opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
    };
  }, []);
  return (
    <aside
      ref={panel}
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        onClose();
      }}
      className="relative flex min-h-0 w-[400px] shrink-0 flex-col border-l border-line bg-raised max-[700px]:fixed max-[700px]:inset-x-0 max-[700px]:top-12 max-[700px]:bottom-0 max-[700px]:z-30 max-[700px]:w-auto max-[700px]:rounded-t-lg max-[700px]:border-t max-[700px]:border-l-0 max-[700px]:shadow-xl"
    >
      <header className="flex shrink-0 items-center gap-2 border-b border-line py-2 pr-2 pl-4">
        <h2 ref={heading} tabIndex={-1} className="min-w-0 flex-1 truncate font-semibold outline-none" title={title}>
          {title}
        </h2>
        {badge}
        <Button variant="ghost" size="icon" aria-label="Close details" onClick={onClose}>
          <X aria-hidden="true" />
        </Button>
      </header>
      <div className="relative min-h-0 flex-1 overflow-auto px-4 py-3">{children}</div>
    </aside>
  );
}
