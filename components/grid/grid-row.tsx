import type { MouseEvent } from 'react';
import { memo, useLayoutEffect, useMemo, useRef } from 'react';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { cn } from '#components/ui/cn.ts';
import { Skeleton } from '#components/ui/skeleton.tsx';
import type { GridColumn } from './column.ts';
import { PINNED_BOX, PINNED_CELL } from './pinned.ts';
import { writeTexts } from './write-texts.ts';

/** Id of the column of boxes, among those of the columns. */
export const SELECT_COLUMN = 'grid-select';

// Put together once: a swipe draws hundreds of cells in a frame.
const CELL = 'flex h-full min-w-0 items-center px-2 outline-offset-[-2px]';
const END_CELL = cn(CELL, 'justify-end');
// What stays at the left has the row's colour for itself: what inherits a background is styled anew whenever its row is
// moved, and from a property that is inherited every cell would be, whenever the pointer or a selection comes to its row.
const FIRST_CELL = cn(CELL, PINNED_CELL);
const ROW_COLOUR = 'bg-background hover:bg-hover';
const PINNED_COLOUR = 'bg-background group-hover/row:bg-hover';
const SELECTED_COLOUR = 'bg-selected';
// One box with its line in the middle: what a text needs in a cell that centres it is laid out twice.
const TEXT_CELL =
  'h-full min-w-0 truncate px-2 leading-[calc(var(--row-height)-1px)] outline-offset-[-2px] data-unknown:text-muted';
const END_TEXT_CELL = cn(TEXT_CELL, 'text-end tabular-nums');
const FIRST_TEXT_CELL = cn(TEXT_CELL, PINNED_CELL);
const BOX_CELL = cn('grid h-full place-items-center outline-offset-[-2px]', PINNED_BOX);

/** Cells before those of the columns. */
const BOXES = 1;

/** Above the list, where nothing is seen or scrolled to; pixels. */
const AWAY = -10_000;

export interface GridRowProps<Row> {
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
  /** Class of a background in place of the usual one. */
  readonly tint: string | undefined;
  /** Not shown: it waits to show another row. */
  readonly isSpare?: boolean;
  readonly onClick: (index: number, event: MouseEvent) => void;
  readonly onToggle: (index: number, event: MouseEvent) => void;
}

type CellsProps<Row> = Omit<GridRowProps<Row>, 'top' | 'className' | 'isSpare' | 'onClick'>;

function Row<Row>({ top, className, isSpare = false, onClick, ...cells }: GridRowProps<Row>) {
  const { row, index, selected, columns, tint } = cells;
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (element.current !== null) writeTexts(element.current, columns, row, BOXES);
  }, [columns, row]);
  return (
    <div
      ref={element}
      role="row"
      {...(isSpare ? {} : { 'data-index': index, 'aria-rowindex': index + 2 })}
      aria-selected={selected}
      aria-busy={row === undefined || undefined}
      aria-hidden={isSpare || undefined}
      onMouseDown={(event) => {
        // Shift selects rows; the browser would select their text.
        if (event.shiftKey) event.preventDefault();
      }}
      onClick={(event) => onClick(index, event)}
      // Hidden it would have to be styled anew, with all that is in it.
      style={{ transform: `translateY(${isSpare ? AWAY : top}px)` }}
      className={cn(
        'group/row absolute inset-x-0 contain-layout contain-style top-0 grid h-(--row-height) [--tracks:inherit] grid-cols-(--tracks) grid-rows-1 items-center border-b border-line/60 text-[13px] focus-within:z-1',
        selected ? SELECTED_COLOUR : (tint ?? ROW_COLOUR),
        className,
      )}
    >
      <RowCells {...cells} />
    </div>
  );
}

function Cells<Row>({ row, index, columns, label, selected, active, tint, onToggle }: CellsProps<Row>) {
  const colour = selected ? SELECTED_COLOUR : (tint ?? PINNED_COLOUR);
  // The same elements while other rows pass through them: nothing of them is compared.
  const isBusy = row === undefined;
  const texts = useMemo(() => textCells(columns, active, isBusy, colour), [columns, active, isBusy, colour]);
  return (
    <>
      <div {...cellProps(SELECT_COLUMN, -BOXES, active)} className={`${BOX_CELL} ${colour}`}>
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
      {columns.map((column, at) =>
        'text' in column ? (
          texts[at]
        ) : (
          <div
            key={column.id}
            {...cellProps(column.id, at, active)}
            className={at === 0 ? `${FIRST_CELL} ${colour}` : column.align === 'end' ? END_CELL : CELL}
          >
            {row === undefined ? <Skeleton className="w-3/5" /> : column.cell(row, { index, selected, tabIndex: -1 })}
          </div>
        ),
      )}
    </>
  );
}

/** What every cell of a column has, `at` places after the boxes. */
const cellProps = (id: string, at: number, active: string | null) => ({
  role: 'gridcell',
  'data-column': id,
  'aria-colindex': at + 1 + BOXES,
  tabIndex: active === id ? 0 : -1,
});

/** Cells whose text is written by `writeTexts`; null for others. */
function textCells<Row>(columns: readonly GridColumn<Row>[], active: string | null, isBusy: boolean, colour: string) {
  return columns.map((column, at) => {
    if (!('text' in column)) return null;
    const className = at === 0 ? `${FIRST_TEXT_CELL} ${colour}` : column.align === 'end' ? END_TEXT_CELL : TEXT_CELL;
    return (
      <div
        key={column.id}
        {...cellProps(column.id, at, active)}
        className={column.isMuted === true ? `${className} text-muted` : className}
      >
        {isBusy && <Skeleton className="mt-[calc(var(--row-height)/2-6px)] w-3/5" />}
      </div>
    );
  });
}

/** Drawn again only when something of its own changed: a row that is moved, or made spare, keeps its cells. */
const RowCells = memo(Cells) as typeof Cells;
export const GridRow = memo(Row) as typeof Row;
