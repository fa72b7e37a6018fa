import { Button as BaseButton } from '@base-ui/react/button';
import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps } from 'react';
import { cn } from './cn.ts';

const buttonClasses = cva(
  'inline-flex shrink-0 items-center justify-center gap-1.5 border font-medium whitespace-nowrap select-none transition-colors disabled:opacity-50 data-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'border-transparent bg-accent text-on-accent hover:not-disabled:bg-accent-hover',
        secondary: 'border-line bg-raised text-foreground hover:not-disabled:bg-hover',
        ghost: 'border-transparent bg-transparent text-foreground hover:not-disabled:bg-hover',
        quiet: 'border-transparent bg-transparent text-muted hover:not-disabled:bg-hover',
        warning: 'border-danger/50 bg-raised text-danger hover:not-disabled:bg-hover',
        danger: 'border-transparent bg-danger text-on-danger hover:not-disabled:brightness-95',
      },
      size: {
        xs: 'h-6 px-2 text-[13px]',
        sm: 'h-7 px-2 text-[13px]',
        md: 'h-8 px-3',
        icon: 'size-7 p-0',
        'icon-sm': 'size-6 p-0',
      },
      shape: { box: 'rounded-md', pill: 'rounded-full' },
    },
    defaultVariants: { variant: 'secondary', size: 'md', shape: 'box' },
  },
);

export type ButtonProps = Omit<ComponentProps<typeof BaseButton>, 'className'> &
  VariantProps<typeof buttonClasses> & { className?: string | undefined };

export function Button({ className, variant, size, shape, ...rest }: ButtonProps) {
  return <BaseButton type="button" className={cn(buttonClasses({ variant, size, shape }), className)} {...rest} />;
}
