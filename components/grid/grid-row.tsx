import type { MouseEvent } from 'react';
import { memo } from 'react';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { cn } from '#components/ui/cn.ts';
import { Skeleton } from '#components/ui/skeleton.tsx';
import type { GridColumn } from './column.ts';
import { PINNED_BOX, pinnedClass } from './pinned.ts';

/** Id of the column of boxes, among those of the columns. */
export const SELECT_COLUMN = 'grid-select';

// Put together once: a swipe draws hundreds of cells in a frame.
const CELL = 'flex h-full min-w-0 items-center px-2 outline-offset-[-2px]';
const END_CELL = cn(CELL, 'justify-end');
const FIRST_CELL = cn(CELL, 'bg-inherit', pinnedClass(true));
const BOX_CELL = cn('grid h-full place-items-center bg-inherit outline-offset-[-2px]', PINNED_BOX);

interface GridRowProps<Row> {
  /** Undefined while it is being read. */
  readonly row: Row | undefined;
  readonly index: number;
  /** Pixels from the top of the rows. */
  readonly top: number;
  readonly columns: readonly GridColumn<Row>[];
  readonly label: string;
  readonly selected: boolean;
  /** The column of the cell that Tab leads to; null when it is in another row. */
  readonly active: string | null;
  readonly className: string | undefined;
  readonly onClick: (index: number, event: MouseEvent) => void;
  readonly onToggle: (index: number, event: MouseEvent) => void;
}

function Row<Row>({
  row,
  index,
  top,
  columns,
  label,
  selected,
  active,
  className,
  onClick,
  onToggle,
}: GridRowProps<Row>) {
  return (
    <div
      role="row"
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-busy={row === undefined || undefined}
      onMouseDown={(event) => {
        // Shift selects rows; the browser would select their text.
        if (event.shiftKey) event.preventDefault();
      }}
      onClick={(event) => onClick(index, event)}
      style={{ transform: `translateY(${top}px)` }}
      className={cn(
        'group/row absolute inset-x-0 top-0 grid h-(--row-height) grid-cols-(--tracks) grid-rows-1 items-center border-b border-line/60 text-[13px] focus-within:z-1',
        selected ? 'bg-selected' : 'bg-background hover:bg-hover',
        className,
      )}
    >
      <div
        role="gridcell"
        data-column={SELECT_COLUMN}
        aria-colindex={1}
        tabIndex={active === SELECT_COLUMN ? 0 : -1}
        className={BOX_CELL}
      >
        {row !== undefined && (
          <Checkbox
            aria-label={`Select ${label}`}
            checked={selected}
            readOnly
            tabIndex={-1}
            onClick={(event) => {
              event.stopPropagation();
              onToggle(index, event);
            }}
          />
        )}
      </div>
      {columns.map((column, at) => (
        <div
          key={column.id}
          role="gridcell"
          data-column={column.id}
          aria-colindex={at + 2}
          tabIndex={active === column.id ? 0 : -1}
          className={at === 0 ? FIRST_CELL : column.align === 'end' ? END_CELL : CELL}
        >
          {row === undefined ? <Skeleton className="w-3/5" /> : column.cell(row, { index, selected, tabIndex: -1 })}
        </div>
      ))}
    </div>
  );
}

/** Drawn again only when something of its own changed: scrolling moves it without drawing. */
export const GridRow = memo(Row) as typeof Row;
