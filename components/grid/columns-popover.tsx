import { Popover } from '@base-ui/react/popover';
import type { ComponentProps } from 'react';
import { startTransition, useEffect, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { ArrowDown, ArrowUp } from '#components/ui/icons.ts';
import { focusFirst } from '#components/ui/popup-focus.tsx';
import { Toggle } from '#components/ui/toggle.tsx';
import type { ColumnLayout } from './column-layout.ts';
import { densities, orderedColumns, withMoved, withShown } from './column-layout.ts';
import type { GridColumn } from './column.ts';

export interface ColumnsChoice<Row> {
  readonly columns: readonly GridColumn<Row>[];
  readonly layout: ColumnLayout;
  /** null: as it was first. */
  readonly onLayout: (layout: ColumnLayout | null) => void;
}

interface ColumnsPopoverProps<Row> extends ColumnsChoice<Row> {
  readonly button: Omit<ComponentProps<'button'>, 'ref'>;
}

/** Which columns are shown, their order and the height of the rows. Open when it is first drawn, with its button. */
export function ColumnsPopover<Row>({ button, ...choice }: ColumnsPopoverProps<Row>) {
  const { layout, onLayout } = choice;
  const [isOpen, setOpen] = useState(true);
  const popup = useRef<HTMLDivElement>(null);
  return (
    // Bit by bit: the press itself has the same task.
    <Popover.Root open={isOpen} onOpenChange={(next) => startTransition(() => setOpen(next))}>
      <Popover.Trigger {...button} />
      <Popover.Portal>
        <Popover.Positioner sideOffset={4} align="end" collisionPadding={8} className="z-60">
          <Popover.Popup
            ref={popup}
            initialFocus={(by) => focusFirst(popup, by)}
            aria-label="Columns"
            className="flex max-h-(--available-height) w-72 max-w-[calc(100vw-16px)] flex-col rounded-md border border-line bg-raised text-[13px] text-foreground shadow-md outline-none"
          >
            <div role="group" aria-label="Row height" className="flex gap-1 border-b border-line p-2">
              {densities.map((density) => (
                <Toggle
                  key={density}
                  pressed={layout.density === density}
                  onPressedChange={() => onLayout({ ...layout, density })}
                  size="fill"
                >
                  {densityTitles[density]}
                </Toggle>
              ))}
            </div>
            <ColumnList {...choice} />
            <div className="border-t border-line p-2">
              <Button size="sm" variant="ghost" onClick={() => onLayout(null)}>
                Reset columns
              </Button>
            </div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

const densityTitles = { compact: 'Compact', normal: 'Normal', comfortable: 'Comfortable' } as const;

const moves = [
  { step: -1, name: 'up', icon: ArrowUp },
  { step: 1, name: 'down', icon: ArrowDown },
] as const;

function ColumnList<Row>({ columns, layout, onLayout }: ColumnsChoice<Row>) {
  const ordered = orderedColumns(columns, layout);
  const list = useRef<HTMLUListElement>(null);
  const moved = useRef<string | null>(null);
  useEffect(() => {
    // The browser takes the focus from an element that changes its place.
    if (moved.current !== null) list.current?.querySelector<HTMLElement>(`[data-move="${moved.current}"]`)?.focus();
    moved.current = null;
  });
  return (
    <ul ref={list} aria-label="Columns, in order" className="min-h-0 flex-1 overflow-y-auto p-1">
      {ordered.map(({ id, title }, at) => (
        <li key={id} className="flex h-8 items-center gap-1 rounded-sm pr-1 hover:bg-hover">
          <label className="flex h-full min-w-0 flex-1 items-center gap-2 pl-2">
            <Checkbox
              checked={at === 0 || !layout.hidden.includes(id)}
              disabled={at === 0}
              onCheckedChange={(shown) => onLayout(withShown(layout, id, shown))}
            />
            <span className="truncate">{title}</span>
            {at === 0 && <span className="text-muted">always shown</span>}
          </label>
          {at > 0 &&
            moves.map(({ step, name, icon: Icon }) => {
              const target = ordered[at + step];
              const isEnd = target === undefined || at + step === 0;
              return (
                <button
                  key={name}
                  type="button"
                  data-move={`${id} ${name}`}
                  aria-label={`Move ${title} ${name}`}
                  aria-disabled={isEnd}
                  onClick={() => {
                    if (isEnd) return;
                    moved.current = `${id} ${name}`;
                    onLayout(withMoved(columns, layout, id, target.id));
                  }}
                  className="grid size-6 place-items-center rounded-sm text-muted hover:bg-line/60 hover:text-foreground aria-disabled:opacity-30"
                >
                  <Icon aria-hidden="true" className="size-3.5" />
                </button>
              );
            })}
        </li>
      ))}
    </ul>
  );
}
