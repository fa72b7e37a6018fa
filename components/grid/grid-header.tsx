import type { ReactNode } from 'react';
import { cn } from '#components/ui/cn.ts';
import type { GridColumn, SortState } from './column.ts';
import { HeaderCell } from './header-cell.tsx';
import { PINNED_BOX } from './pinned.ts';
import { SELECT_COLUMN } from './grid-row.tsx';
import type { HeaderDrag } from './use-header-drag.ts';

interface GridHeaderProps<Row> {
  readonly columns: readonly GridColumn<Row>[];
  /** The column that Tab leads to; null when it is elsewhere. */
  readonly active: string | null;
  readonly sort: readonly SortState[];
  readonly onSort: (sort: readonly SortState[]) => void;
  readonly drag: HeaderDrag;
  /** The box that selects everything. */
  readonly select: ReactNode;
}

export function GridHeader<Row>({ columns, active, sort, onSort, drag, select }: GridHeaderProps<Row>) {
  return (
    <div
      role="rowgroup"
      className="sticky top-0 z-10 [--columns-width:inherit] min-w-(--columns-width) [--tracks:inherit]"
    >
      <div
        role="row"
        aria-rowindex={1}
        className="grid h-9 [--tracks:inherit] grid-cols-(--tracks) items-center select-none border-b border-line bg-surface text-[12px] font-medium text-muted"
      >
        <div
          role="columnheader"
          data-column={SELECT_COLUMN}
          aria-colindex={1}
          aria-label="Select"
          tabIndex={active === SELECT_COLUMN ? 0 : -1}
          className={cn('grid h-full place-items-center bg-surface outline-offset-[-2px]', PINNED_BOX)}
        >
          {select}
        </div>
        {columns.map((column, at) => (
          <HeaderCell
            key={column.id}
            column={column}
            isFirst={at === 0}
            colIndex={at + 2}
            active={active === column.id}
            sort={sort}
            onSort={onSort}
            drag={drag}
          />
        ))}
      </div>
    </div>
  );
}
