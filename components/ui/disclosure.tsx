import { type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react';
import { cn } from './cn.ts';
import { ChevronRight } from './icons.ts';

interface DisclosureProps {
  title: string;
  /** What is inside, in one line; shown while it is closed. */
  summary?: ReactNode;
  children: ReactNode;
  className?: string | undefined;
}

/** A line that opens to more, and scrolls as much of it into view as there is room for. What is inside is drawn while it is open only. */
export function Disclosure({ title, summary, children, className }: DisclosureProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (open) root.current?.scrollIntoView({ block: 'nearest' });
  }, [open]);
  return (
    <div ref={root} className={className}>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        aria-describedby={summary === undefined || open ? undefined : `${id}-summary`}
        onClick={() => setOpen(!open)}
        className="-mx-1 flex w-[calc(100%+8px)] items-start gap-1.5 rounded-md px-1 py-1 text-left hover:bg-hover"
      >
        <ChevronRight
          aria-hidden="true"
          className={cn('mt-0.5 size-4 shrink-0 text-muted transition-transform', open && 'rotate-90')}
        />
        <span className="shrink-0 font-medium">{title}</span>
        {summary !== undefined && !open && (
          <span
            id={`${id}-summary`}
            aria-hidden="true"
            title={typeof summary === 'string' ? summary : undefined}
            className="min-w-0 flex-1 truncate text-muted"
          >
            {summary}
          </span>
        )}
      </button>
      <div id={id} hidden={!open} className="pt-2">
        {open && children}
      </div>
    </div>
  );
}
