import type { ReactNode } from 'react';

/** The one line above a page: its name, and what belongs to the whole of it. */
export function PageBar({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="flex h-12 shrink-0 items-center gap-3 border-b border-line px-3">
      <h1 className="font-semibold">{title}</h1>
      {children}
    </div>
  );
}
