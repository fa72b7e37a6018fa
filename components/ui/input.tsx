import type { ComponentProps } from 'react';
import { cn } from './cn.ts';

/** A text field; `aria-invalid` draws it as wrong. */
export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return (
    <input
      className={cn(
        'h-8 w-full min-w-0 rounded-md border border-line-strong bg-raised px-2.5 text-foreground placeholder:text-muted',
        'disabled:opacity-60 aria-invalid:border-danger',
        '[&::-webkit-search-cancel-button]:hidden',
        className,
      )}
      {...rest}
    />
  );
}
