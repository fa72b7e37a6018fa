import { Toggle as Base } from '@base-ui/react/toggle';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';

interface ToggleProps {
  pressed: boolean;
  onPressedChange: (pressed: boolean) => void;
  children: ReactNode;
  disabled?: boolean | undefined;
  className?: string | undefined;
  'aria-label'?: string | undefined;
}

/** A button that stays in: filter chips and the like. */
export function Toggle({ className, ...rest }: ToggleProps) {
  return (
    <Base
      {...rest}
      className={cn(
        'inline-flex h-7 items-center gap-1.5 rounded-md border border-line bg-raised px-2.5 text-[13px] whitespace-nowrap text-foreground select-none transition-colors hover:bg-hover',
        'data-pressed:border-accent data-pressed:bg-selected disabled:opacity-50 [&_svg]:size-4',
        className,
      )}
    />
  );
}
