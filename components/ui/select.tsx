import { Select as Base } from '@base-ui/react/select';
import { cn } from './cn.ts';
import { Check, ChevronsUpDown } from './icons.ts';

export interface SelectOption<T extends string> {
  value: T;
  label: string;
  disabled?: boolean | undefined;
}

interface SelectProps<T extends string> {
  /** The control's accessible name. */
  label: string;
  value: T;
  onValueChange: (value: T) => void;
  options: readonly SelectOption<T>[];
  disabled?: boolean | undefined;
  /** Its width. */
  className?: string | undefined;
}

export function Select<T extends string>(props: SelectProps<T>) {
  const { label, value, onValueChange, options, disabled = false, className = 'min-w-40' } = props;
  return (
    <Base.Root
      value={value}
      onValueChange={(next) => {
        if (next !== null) onValueChange(next);
      }}
      items={options}
      disabled={disabled}
    >
      <Base.Trigger
        aria-label={label}
        className={cn(
          'inline-flex h-8 items-center justify-between gap-2 rounded-md border border-line-strong bg-raised px-2.5 text-left text-foreground data-disabled:opacity-50',
          className,
        )}
      >
        <Base.Value className="truncate" />
        <ChevronsUpDown aria-hidden="true" className="size-4 shrink-0 text-muted" />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner alignItemWithTrigger={false} sideOffset={4} className="z-60 outline-none">
          <Base.Popup className="max-h-72 min-w-[var(--anchor-width)] overflow-auto rounded-md border border-line bg-raised p-1 text-foreground shadow-md outline-none">
            <Base.List>
              {options.map((option) => (
                <Base.Item
                  key={option.value}
                  value={option.value}
                  disabled={option.disabled ?? false}
                  className="flex h-8 items-center gap-2 rounded-sm pr-3 pl-2 outline-none data-disabled:opacity-50 data-highlighted:bg-selected"
                >
                  <span className="size-4">
                    <Base.ItemIndicator>
                      <Check aria-hidden="true" className="size-4 text-accent" />
                    </Base.ItemIndicator>
                  </span>
                  <Base.ItemText>{option.label}</Base.ItemText>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
