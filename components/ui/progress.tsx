import { Progress as Base } from '@base-ui/react/progress';
import { cva, type VariantProps } from 'class-variance-authority';
import { cn } from './cn.ts';

const indicatorClasses = cva('block h-full rounded-full transition-[width]', {
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
  className?: string | undefined;
}

export function Progress({ label, value, max, valueText, tone, className }: ProgressProps) {
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
      <Base.Track className="block h-2 w-full overflow-hidden rounded-full border border-line bg-hover">
        <Base.Indicator className={indicatorClasses({ tone })} />
      </Base.Track>
    </Base.Root>
  );
}
