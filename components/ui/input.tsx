import type { ComponentProps } from 'react';
import { cn } from './cn.ts';

const sizes = {
  /** Of a number, in a line with words. */
  sm: 'h-7 w-24 px-2.5',
  md: 'h-8 w-full px-2.5',
  /** With something in the field at both ends. */
  framed: 'h-8 w-full px-8',
};

export interface InputProps extends Omit<ComponentProps<'input'>, 'size'> {
  size?: keyof typeof sizes;
}

/** A text field; `aria-invalid` draws it as wrong. */
export function Input({ className, size = 'md', ...rest }: InputProps) {
  return (
    <input
      className={cn(
        'min-w-0 rounded-md border border-line-strong bg-raised text-foreground placeholder:text-muted',
        'disabled:opacity-60 aria-invalid:border-danger',
        '[&::-webkit-search-cancel-button]:hidden',
        sizes[size],
        className,
      )}
      {...rest}
    />
  );
}
