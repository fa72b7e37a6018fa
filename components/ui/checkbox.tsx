import type { ComponentProps } from 'react';
import { cn } from './cn.ts';

type CheckboxProps = Omit<ComponentProps<'input'>, 'type' | 'onChange' | 'ref' | 'defaultChecked'> & {
  checked: boolean;
  onCheckedChange?: ((checked: boolean) => void) | undefined;
  /** Some of what the box stands for is ticked; shown as a dash, read as “mixed”. */
  indeterminate?: boolean | undefined;
};

/** The browser's own checkbox, drawn by us: it is light enough for every row of a grid and knows the third state. */
export function Checkbox({ className, onCheckedChange, indeterminate = false, ...rest }: CheckboxProps) {
  return (
    <span className={cn('relative inline-grid size-4 shrink-0 place-items-center', className)}>
      <input
        {...rest}
        type="checkbox"
        ref={indeterminate ? showMixed : showPlain}
        onChange={(event) => onCheckedChange?.(event.currentTarget.checked)}
        className="size-4 appearance-none rounded-sm border border-line-strong bg-raised checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent disabled:opacity-50"
      />
      {(indeterminate || rest.checked) && (
        <svg
          aria-hidden="true"
          viewBox="0 0 16 16"
          className="pointer-events-none absolute inset-0 fill-none stroke-on-accent stroke-2"
        >
          <path d={indeterminate ? 'M4 8h8' : 'M3.5 8.5l3 3 6-6.5'} />
        </svg>
      )}
    </span>
  );
}

// Always the same two: a new one is called with every drawing, of each row.
const showMixed = (input: HTMLInputElement | null): void => void (input && (input.indeterminate = true));
const showPlain = (input: HTMLInputElement | null): void => void (input && (input.indeterminate = false));
