import type { MouseEvent } from 'react';
import { memo, useLayoutEffect, useRef } from 'react';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { cn } from '#components/ui/cn.ts';
import { Skeleton } from '#components/ui/skeleton.tsx';
import type { GridColumn } from './column.ts';
import { PINNED_BOX, pinnedClass } from './pinned.ts';
import { writeTexts } from './write-texts.ts';

/** Id of the column of boxes, among those of the columns. */
export const SELECT_COLUMN = 'grid-select';

// Put together once: a swipe draws hundreds of cells in a frame.
const CELL = 'flex h-full min-w-0 items-center px-2 outline-offset-[-2px]';
const END_CELL = cn(CELL, 'justify-end');
// The row's colour by its name: what inherits a background is styled anew whenever its row is moved.
const FIRST_CELL = cn(CELL, 'bg-(--row-color)', pinnedClass(true));
// One box with its line in the middle: what a text needs in a cell that centres it is laid out twice.
const TEXT_CELL =
  'h-full min-w-0 truncate px-2 leading-[calc(var(--row-height)-1px)] outline-offset-[-2px] data-unknown:text-muted';
const END_TEXT_CELL = cn(TEXT_CELL, 'text-end tabular-nums');
const FIRST_TEXT_CELL = cn(TEXT_CELL, 'bg-(--row-color)', pinnedClass(true));
const BOX_CELL = cn('grid h-full place-items-center bg-(--row-color) outline-offset-[-2px]', PINNED_BOX);

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
  /** Not shown: it waits to show another row. */
  readonly isSpare?: boolean;
  readonly onClick: (index: number, event: MouseEvent) => void;
  readonly onToggle: (index: number, event: MouseEvent) => void;
}

type CellsProps<Row> = Omit<GridRowProps<Row>, 'top' | 'className' | 'isSpare' | 'onClick'>;

function Row<Row>({ top, className, isSpare = false, onClick, ...cells }: GridRowProps<Row>) {
  const { row, index, selected, columns } = cells;
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
        'group/row absolute inset-x-0 contain-layout contain-style top-0 grid h-(--row-height) grid-cols-(--tracks) grid-rows-1 items-center border-b border-line/60 bg-(--row-color) text-[13px] focus-within:z-1',
        selected ? '[--row-color:var(--selected)]' : '[--row-color:var(--background)] hover:[--row-color:var(--hover)]',
        className,
      )}
    >
      <RowCells {...cells} />
    </div>
  );
}

function Cells<Row>({ row, index, columns, label, selected, active, onToggle }: CellsProps<Row>) {
  return (
    <>
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
      {columns.map((column, at) =>
        'text' in column ? (
          <TextCell
            key={column.id}
            id={column.id}
            colIndex={at + 2}
            isActive={active === column.id}
            isBusy={row === undefined}
            className={at === 0 ? FIRST_TEXT_CELL : column.align === 'end' ? END_TEXT_CELL : TEXT_CELL}
            isMuted={column.isMuted === true}
          />
        ) : (
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
        ),
      )}
    </>
  );
}

interface TextCellProps {
  readonly id: string;
  readonly colIndex: number;
  readonly isActive: boolean;
  readonly isBusy: boolean;
  readonly isMuted: boolean;
  readonly className: string;
}

/** Its text is written by `writeTexts`. */
const TextCell = memo(function TextCell({ id, colIndex, isActive, isBusy, isMuted, className }: TextCellProps) {
  return (
    <div
      role="gridcell"
      data-column={id}
      aria-colindex={colIndex}
      tabIndex={isActive ? 0 : -1}
      className={isMuted ? `${className} text-muted` : className}
    >
      {isBusy && <Skeleton className="mt-[calc(var(--row-height)/2-6px)] w-3/5" />}
    </div>
  );
});

/** Drawn again only when something of its own changed: a row that is moved, or made spare, keeps its cells. */
const RowCells = memo(Cells) as typeof Cells;
export const GridRow = memo(Row) as typeof Row;
