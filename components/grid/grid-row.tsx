import type { MouseEvent } from 'react';
import { memo } from 'react';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { cn } from '#components/ui/cn.ts';
import { Skeleton } from '#components/ui/skeleton.tsx';
import type { GridColumn } from './column.ts';

interface GridRowProps<Row> {
  /** Undefined while it is being read. */
  readonly row: Row | undefined;
  readonly index: number;
  /** Pixels from the top of the rows. */
  readonly top: number;
  readonly columns: readonly GridColumn<Row>[];
  readonly tracks: string;
  readonly label: string;
  readonly selected: boolean;
  /** The row that Tab leads to. */
  readonly active: boolean;
  readonly className: string | undefined;
  readonly onClick: (index: number, event: MouseEvent) => void;
  readonly onToggle: (index: number, event: MouseEvent) => void;
}

function Row<Row>({
  row,
  index,
  top,
  columns,
  tracks,
  label,
  selected,
  active,
  className,
  onClick,
  onToggle,
}: GridRowProps<Row>) {
  const tabIndex = active ? 0 : -1;
  return (
    <div
      role="row"
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-busy={row === undefined || undefined}
      tabIndex={tabIndex}
      onMouseDown={(event) => {
        // Shift selects rows; the browser would select their text.
        if (event.shiftKey) event.preventDefault();
      }}
      onClick={(event) => onClick(index, event)}
      style={{ transform: `translateY(${top}px)`, gridTemplateColumns: tracks }}
      className={cn(
        'group/row absolute inset-x-0 top-0 grid h-9 items-center border-b border-line/60 text-[13px] outline-offset-[-2px] transition-colors focus-within:z-1',
        selected ? 'bg-selected' : 'hover:bg-hover',
        className,
      )}
    >
      <div role="gridcell" className="grid h-full place-items-center">
        {row !== undefined && (
          <Checkbox
            aria-label={`Select ${label}`}
            checked={selected}
            readOnly
            tabIndex={tabIndex}
            onClick={(event) => {
              event.stopPropagation();
              onToggle(index, event);
            }}
          />
        )}
      </div>
      {columns.map((column) => (
        <div
          key={column.id}
          role="gridcell"
          className={cn('flex h-full min-w-0 items-center px-2', column.align === 'end' && 'justify-end')}
        >
          {row === undefined ? <Skeleton className="w-3/5" /> : column.cell(row, { index, selected, tabIndex })}
        </div>
      ))}
    </div>
  );
}

/** Drawn again only when something of its own changed: scrolling moves it without drawing. */
export const GridRow = memo(Row) as typeof Row;
