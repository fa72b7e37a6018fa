import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps } from 'react';
import { cn } from './cn.ts';

const badgeClasses = cva(
  'inline-flex items-center gap-1 rounded-sm border px-1.5 text-[12px] leading-[18px] whitespace-nowrap [&_svg]:size-3',
  {
    variants: {
      tone: {
        neutral: 'border-line text-muted',
        accent: 'border-accent/40 text-accent',
        success: 'border-success/40 text-success',
        warning: 'border-warning/40 text-warning',
        danger: 'border-danger/40 text-danger',
        flag: 'border-flag/40 text-flag',
      },
    },
    defaultVariants: { tone: 'neutral' },
  },
);

export type BadgeTone = NonNullable<VariantProps<typeof badgeClasses>['tone']>;

/** A short word about a thing. The word says it; the colour only helps. */
export function Badge({ className, tone, ...rest }: ComponentProps<'span'> & VariantProps<typeof badgeClasses>) {
  return <span className={cn(badgeClasses({ tone }), className)} {...rest} />;
}
