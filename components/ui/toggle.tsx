import { Toggle as Base } from '@base-ui/react/toggle';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';

const sizes = { sm: 'h-6 px-2', md: 'h-7 px-2.5', fill: 'h-7 flex-1 justify-center px-1' };

interface ToggleProps {
  pressed: boolean;
  onPressedChange: (pressed: boolean) => void;
  children: ReactNode;
  disabled?: boolean | undefined;
  /** `sm` in lines of little height; `fill`: as wide as there is room. */
  size?: keyof typeof sizes;
  className?: string | undefined;
  'aria-label'?: string | undefined;
}

/** A button that stays in: filter chips and the like. */
export function Toggle({ size = 'md', className, ...rest }: ToggleProps) {
  return (
    <Base
      {...rest}
      className={cn(
        'inline-flex items-center gap-1.5 rounded-md border border-line bg-raised text-[13px] whitespace-nowrap text-foreground select-none transition-colors hover:bg-hover',
        'data-pressed:border-accent data-pressed:bg-selected disabled:opacity-50 [&_svg]:size-4',
        sizes[size],
        className,
      )}
    />
  );
}
