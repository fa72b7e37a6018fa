import { Progress as Base } from '@base-ui/react/progress';
import { cva, type VariantProps } from 'class-variance-authority';
import { cn } from './cn.ts';

const indicatorClasses = cva('bar block h-full rounded-full transition-[width]', {
  variants: {
    tone: { amazon: 'bg-amazon', ebay: 'bg-ebay', accent: 'bg-accent', warning: 'bg-warning', danger: 'bg-danger' },
  },
  defaultVariants: { tone: 'accent' },
});

interface ProgressProps extends VariantProps<typeof indicatorClasses> {
  /** The bar's accessible name. */
  label: string;
  value: number;
  max: number;
  /** What is read out instead of the percentage, e.g. “12 of 40 products”. */
  valueText?: string | undefined;
  /** Where a line crosses the bar, 0 to 1. */
  markAt?: number | null | undefined;
  className?: string | undefined;
}

export function Progress({ label, value, max, valueText, markAt, tone, className }: ProgressProps) {
  // A bar of nothing is empty, not full: 0 of 0 would divide by zero.
  const top = Math.max(max, 1);
  return (
    <Base.Root
      aria-label={label}
      aria-valuetext={valueText}
      value={Math.min(value, top)}
      max={top}
      className={cn('block w-full', className)}
    >
      <Base.Track className="relative block h-2 w-full overflow-hidden rounded-full border border-line bg-hover">
        <Base.Indicator className={indicatorClasses({ tone })} />
        {markAt != null && (
          <span
            aria-hidden="true"
            className="absolute inset-y-0 w-0.5 bg-line-strong"
            style={{ left: `${markAt * 100}%` }}
          />
        )}
      </Base.Track>
    </Base.Root>
  );
}
