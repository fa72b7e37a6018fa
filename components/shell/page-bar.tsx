import type { ReactNode } from 'react';
import { cn } from '#components/ui/cn.ts';

interface PageBarProps {
  title: string;
  /** Where width is scarce the title is only read out. */
  quietTitle?: boolean;
  children?: ReactNode;
}

/** The one line above a page: its name, and what belongs to the whole of it. */
export function PageBar({ title, quietTitle, children }: PageBarProps) {
  return (
    <div className="relative flex h-12 shrink-0 items-center gap-3 border-b border-line px-3">
      <h1 className={cn('font-semibold', quietTitle === true && 'max-sm:sr-only')}>{title}</h1>
      {children}
    </div>
  );
}
