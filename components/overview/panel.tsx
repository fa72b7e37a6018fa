import { type ReactNode, useId } from 'react';
import { cn } from '#components/ui/cn.ts';

interface PanelProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly className?: string | undefined;
}

/** One part of the overview. */
export function Panel({ title, children, className }: PanelProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={cn('min-w-0 rounded-lg border border-line bg-raised p-3', className)}>
      <h2 id={id} className="mb-2 font-semibold">
        {title}
      </h2>
      {children}
    </section>
  );
}
