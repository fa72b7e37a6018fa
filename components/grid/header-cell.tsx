import { cn } from '#components/ui/cn.ts';
import { ArrowDown, ArrowUp } from '#components/ui/icons.ts';
import type { GridColumn, SortState } from './column.ts';
import { nextSort } from './column.ts';
import { PINNED_CELL } from './pinned.ts';
import type { HeaderDrag } from './use-header-drag.ts';

interface HeaderCellProps<Row> {
  readonly column: GridColumn<Row>;
  readonly isFirst: boolean;
  /** From 1, that of the boxes included. */
  readonly colIndex: number;
  readonly active: boolean;
  readonly sort: readonly SortState[];
  readonly onSort: (sort: readonly SortState[]) => void;
  readonly drag: HeaderDrag;
}

const KEYS = 'Enter Shift+Enter Shift+ArrowLeft Shift+ArrowRight Alt+Shift+ArrowLeft Alt+Shift+ArrowRight';

export function HeaderCell<Row>({ column, isFirst, colIndex, active, sort, onSort, drag }: HeaderCellProps<Row>) {
  const { id, title, firstOrder, align } = column;
  const place = sort.findIndex((key) => key.column === id);
  const order = sort[place]?.order;
  const isTarget = drag.held?.target === id && drag.held.id !== id;
  return (
    <div
      role="columnheader"
      data-column={id}
      aria-colindex={colIndex}
      aria-sort={firstOrder === undefined ? undefined : ariaSort(order)}
      aria-keyshortcuts={KEYS}
      tabIndex={active ? 0 : -1}
      onPointerDown={(event) => drag.startMove(event, id)}
      className={cn(
        'group flex h-full min-w-0 outline-offset-[-2px]',
        isTarget ? 'bg-selected' : 'bg-surface',
        isFirst ? PINNED_CELL : 'relative',
        drag.held?.id === id && 'opacity-50',
      )}
    >
      {firstOrder === undefined ? (
        <span className={cn('flex min-w-0 flex-1 items-center px-2', align === 'end' && 'justify-end')}>
          <HeaderTitle column={column} />
        </span>
      ) : (
        <button
          type="button"
          tabIndex={-1}
          title={`Sort by ${title.toLowerCase()}; with Shift as a further key`}
          onClick={(event) => {
            if (!drag.wasDragged()) onSort(nextSort(column, sort, event.shiftKey));
          }}
          className={cn(
            'flex h-full w-full min-w-0 items-center gap-1 px-2 hover:text-foreground',
            align === 'end' && 'flex-row-reverse',
            order !== undefined && 'text-foreground',
          )}
        >
          <HeaderTitle column={column} />
          <SortMark order={order} place={sort.length > 1 ? place + 1 : 0} />
        </button>
      )}
      <span
        aria-hidden="true"
        data-resize={id}
        onPointerDown={(event) => drag.startResize(event, id)}
        onDoubleClick={() => drag.fit(id)}
        className="absolute inset-y-1.5 right-0 w-2 cursor-col-resize touch-none border-r border-line/60 hover:border-r-2 hover:border-accent"
      />
    </div>
  );
}

function HeaderTitle<Row>({ column }: { column: GridColumn<Row> }) {
  return (
    <>
      {column.header?.()}
      <span className={cn('truncate', column.hideTitle && 'sr-only')}>{column.title}</span>
    </>
  );
}

/** `place`: of a key among several, else 0. */
function SortMark({ order, place }: { order: SortState['order'] | undefined; place: number }) {
  const Arrow = order === 'desc' ? ArrowDown : ArrowUp;
  return (
    <span
      className={cn(
        'flex shrink-0 items-center text-accent',
        order === undefined && 'opacity-0 group-hover:opacity-40',
      )}
    >
      <Arrow aria-hidden="true" className="size-3.5" />
      {place > 0 && (
        <span className="text-[11px] tabular-nums">
          <span className="sr-only">sort key </span>
          {place}
        </span>
      )}
    </span>
  );
}

function ariaSort(order: SortState['order'] | undefined): 'none' | 'ascending' | 'descending' {
  return order === undefined ? 'none' : order === 'asc' ? 'ascending' : 'descending';
}
