import type { FocusEvent, KeyboardEvent, MouseEvent } from 'react';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { gridPress } from '#components/shortcuts/grid-press.ts';
import { Checkbox } from '#components/ui/checkbox.tsx';
import type { GridColumn, SortState } from './column.ts';
import { GridHeader } from './grid-header.tsx';
import { gridAction } from './grid-keys.ts';
import { GridRow } from './grid-row.tsx';
import type { Selection } from './selection.ts';
import { isSelected, selectedCount } from './selection.ts';
import { useActiveRow } from './use-active-row.ts';
import { useElementWidth } from './use-element-width.ts';
import { useLatest } from './use-latest.ts';
import { useRowScroll } from './use-row-scroll.ts';
import { useRowSelection } from './use-row-selection.ts';

export interface GridProps<Row> {
  /** Accessible name. */
  readonly label: string;
  readonly columns: readonly GridColumn<Row>[];
  /** Rows in all, drawn or not. */
  readonly count: number;
  /** Names the list: another one begins at its first row. */
  readonly listKey: string;
  /** Grows when the first row is asked for, as by the Home key. */
  readonly jumps?: number;
  /** Grows when rows change or move. */
  readonly revision: number;
  /** Positions by which the rows in view have moved on so far; they stay where they are on the screen. */
  readonly moved?: number;
  /** The row at a position, or undefined while it is being read. */
  readonly rowAt: (index: number) => Row | undefined;
  readonly handleOf: (row: Row) => number;
  /** Names the row to a screen reader. */
  readonly labelOf: (row: Row) => string;
  readonly classOf?: (row: Row) => string | undefined;
  /** Rows `first` to `last` (exclusive) are in view. */
  readonly onVisible: (first: number, last: number) => void;
  readonly handlesBetween: (from: number, to: number) => Promise<readonly number[]>;
  /** Position of a handle, -1 when it does not match. */
  readonly locate: (handle: number) => Promise<number>;
  readonly sort: SortState | null;
  readonly onSort: (sort: SortState) => void;
  readonly selection: Selection;
  readonly onSelection: (selection: Selection) => void;
  /** Position of a row that is shown beside the grid; it is kept in view. -1: none. */
  readonly shownIndex?: number;
  readonly busy?: boolean;
  /** Nobody knows yet how many rows there are; `count` is how many grey ones to draw. */
  readonly isUnknown?: boolean;
}

const SELECT_TRACK = '36px';
const controls = 'a, button, input, textarea, select, [contenteditable]';

export function Grid<Row>(props: GridProps<Row>) {
  const { label, count, rowAt, handleOf, labelOf, classOf, selection, onVisible } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const width = useElementWidth(scroller);
  const columns = useMemo(
    () => props.columns.filter(({ hideBelow }) => hideBelow === undefined || width >= hideBelow),
    [props.columns, width],
  );
  const tracks = [SELECT_TRACK, ...columns.map((column) => column.width)].join(' ');
  const active = useActiveRow(scroller, count, props.revision, props.locate);
  const scroll = useRowScroll(scroller, count, active.index, props.moved ?? 0);
  const rows = useRowSelection(selection, props.onSelection, props.handlesBetween);

  const { first, last, toTop } = scroll;
  useEffect(() => toTop(), [toTop, props.listKey]);
  useEffect(() => onVisible(first, last), [onVisible, first, last]);

  function move(to: number, extend: boolean): void {
    const row = rowAt(to);
    active.activate(to, row === undefined ? null : handleOf(row), true);
    scroll.reveal(to);
    if (extend) void rows.extendTo(to);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    const onControl = target.closest(controls) !== null;
    if (
      onControl &&
      (event.key === ' ' || event.key === 'Enter' || target.matches('input:not([type=checkbox]), textarea'))
    )
      return;
    const action = gridAction(gridPress(event.nativeEvent), active.index, count, scroll.pageRows());
    if (action === null) return;
    const row = rowAt(active.index);
    event.preventDefault();
    if (action.kind === 'move') move(action.to, action.extend);
    else if (action.kind === 'select_all') rows.all();
    else if (action.kind === 'clear') rows.clear();
    else if (row !== undefined) rows.toggle({ index: active.index, handle: handleOf(row) });
  }

  function choose(index: number, event: MouseEvent, alone: boolean): void {
    const row = rowAt(index);
    if (row === undefined) return;
    const place = { index, handle: handleOf(row) };
    active.activate(index, place.handle, alone);
    if (event.shiftKey) void rows.extendTo(index);
    else if (event.ctrlKey || event.metaKey || !alone) rows.toggle(place);
    else rows.only(place);
  }
  function show(index: number): void {
    const row = rowAt(index);
    active.activate(index, row === undefined ? null : handleOf(row), false);
    scroll.reveal(index);
  }
  /** The focus came by Tab, or from outside: keys go on from there. */
  function onFocus({ target }: FocusEvent): void {
    const focused = target.closest<HTMLElement>('[role=row][data-index]')?.dataset['index'];
    const row = focused === undefined ? undefined : rowAt(Number(focused));
    if (row !== undefined && Number(focused) !== active.index) active.activate(Number(focused), handleOf(row), false);
  }

  const latest = useLatest({ choose, move, show });
  useEffect(() => {
    if ((props.shownIndex ?? -1) >= 0) latest.current.show(props.shownIndex ?? 0);
  }, [props.shownIndex, latest]);
  useEffect(() => {
    if ((props.jumps ?? 0) > 0) latest.current.move(0, false);
  }, [props.jumps, latest]);
  const onClick = useCallback(
    (index: number, event: MouseEvent) => {
      if ((event.target as HTMLElement).closest(controls) === null) latest.current.choose(index, event, true);
    },
    [latest],
  );
  const onToggle = useCallback(
    (index: number, event: MouseEvent) => latest.current.choose(index, event, false),
    [latest],
  );

  const chosen = selectedCount(selection, count);
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={props.isUnknown ? -1 : count + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable="true"
      aria-busy={props.busy ?? false}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
      className="relative h-full overflow-x-hidden overflow-y-scroll overscroll-contain bg-background [overflow-anchor:none]"
    >
      <GridHeader
        columns={columns}
        tracks={tracks}
        sort={props.sort}
        onSort={props.onSort}
        select={
          <Checkbox
            aria-label="Select all"
            disabled={count === 0}
            checked={count > 0 && chosen >= count}
            indeterminate={chosen > 0 && chosen < count}
            onCheckedChange={(checked) => (checked ? rows.all() : rows.clear())}
          />
        }
      />
      <div role="rowgroup" style={{ height: scroll.height }} className="relative">
        {scroll.items.map((item) => {
          const row = rowAt(item.index);
          return (
            <GridRow
              key={item.index}
              row={row}
              index={item.index}
              top={scroll.place(item)}
              columns={columns}
              tracks={tracks}
              label={row === undefined ? '' : labelOf(row)}
              selected={row !== undefined && isSelected(selection, handleOf(row))}
              active={item.index === Math.max(0, active.index)}
              className={row === undefined ? undefined : classOf?.(row)}
              onClick={onClick}
              onToggle={onToggle}
            />
          );
        })}
      </div>
    </div>
  );
}
