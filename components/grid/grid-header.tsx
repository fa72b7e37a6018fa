import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '#components/ui/cn.ts';
import type { GridColumn, SortState } from './column.ts';
import { nextSort } from './column.ts';

interface GridHeaderProps<Row> {
  readonly columns: readonly GridColumn<Row>[];
  readonly tracks: string;
  readonly sort: SortState | null;
  readonly onSort: (sort: SortState) => void;
  /** The box that selects everything. */
  readonly select: ReactNode;
}

export function GridHeader<Row>({ columns, tracks, sort, onSort, select }: GridHeaderProps<Row>) {
  return (
    <div role="rowgroup" className="sticky top-0 z-10">
      <div
        role="row"
        aria-rowindex={1}
        style={{ gridTemplateColumns: tracks }}
        className="grid h-9 items-center border-b border-line bg-surface text-[12px] font-medium text-muted"
      >
        <div role="columnheader" aria-label="Select" className="grid place-items-center">
          {select}
        </div>
        {columns.map((column) => (
          <HeaderCell key={column.id} column={column} sort={sort} onSort={onSort} />
        ))}
      </div>
    </div>
  );
}

function HeaderCell<Row>({
  column,
  sort,
  onSort,
}: {
  column: GridColumn<Row>;
  sort: SortState | null;
  onSort: (sort: SortState) => void;
}) {
  const order = sort?.column === column.id ? sort.order : null;
  const title = <span className={cn('truncate', column.hideTitle && 'sr-only')}>{column.title}</span>;
  if (column.firstOrder === undefined) {
    return (
      <div role="columnheader" className={cn('flex min-w-0 px-2', column.align === 'end' && 'justify-end')}>
        {column.header?.() ?? title}
      </div>
    );
  }
  const Arrow = order === 'desc' ? ArrowDown : ArrowUp;
  return (
    <div
      role="columnheader"
      aria-sort={order === null ? 'none' : order === 'asc' ? 'ascending' : 'descending'}
      className={cn('flex h-full min-w-0', column.align === 'end' && 'justify-end')}
    >
      <button
        type="button"
        onClick={() => onSort(nextSort(column, sort))}
        className={cn(
          column.hideTitle !== true && 'gap-1',
          'group flex h-full w-full min-w-0 items-center px-2 outline-offset-[-2px] hover:text-foreground',
          column.align === 'end' && 'flex-row-reverse',
          order !== null && 'text-foreground',
        )}
      >
        {column.hideTitle ? column.header?.() : null}
        {title}
        <Arrow
          aria-hidden="true"
          className={cn('size-3.5 shrink-0 text-accent', order === null && 'opacity-0 group-hover:opacity-40')}
        />
      </button>
    </div>
  );
}
