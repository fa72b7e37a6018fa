import { cn } from './cn.ts';

/** A grey bar where text will be; says nothing to a screen reader. */
export function Skeleton({ className }: { className?: string | undefined }) {
  return <span aria-hidden="true" className={cn('block h-3 rounded-sm bg-hover', className)} />;
}
