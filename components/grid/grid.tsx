import type { CSSProperties, FocusEvent, MouseEvent } from 'react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { cn } from '#components/ui/cn.ts';
import { columnsWidth, columnTracks, rowHeights, shownColumns } from './column-layout.ts';
import { ColumnsMenu } from './columns-menu.tsx';
import { COLUMNS_WIDTH, TRACKS } from './fit-column.ts';
import { GridHeader } from './grid-header.tsx';
import { HEADER } from './grid-keys.ts';
import type { GridProps } from './grid-props.ts';
import type { GridRowProps } from './grid-row.tsx';
import { GridRow, SELECT_COLUMN } from './grid-row.tsx';
import { createRowSlots } from './row-slots.ts';
import { isSelected, selectedCount } from './selection.ts';
import { useActiveCell } from './use-active-cell.ts';
import { useDrawMore } from './use-draw-more.ts';
import { useElementWidth } from './use-element-width.ts';
import { CONTROLS, useGridKeys } from './use-grid-keys.ts';
import { useHeaderDrag } from './use-header-drag.ts';
import { useHeldRow } from './use-held-row.ts';
import { useLatest } from './use-latest.ts';
import { dragRows, rowIndexOf } from './drag-rows.ts';
import { useRowScroll } from './use-row-scroll.ts';
import { useRowSelection } from './use-row-selection.ts';
import { useSameList } from './use-same-list.ts';
import { useScrollMemory } from './use-scroll-memory.ts';

/** Elements of rows that are made in one task: a whole screen of them would hold up keys and pointer. */
const NEW_AT_ONCE = 10;

export function Grid<Row>(props: GridProps<Row>) {
  const {
    label,
    layout,
    count,
    rowAt,
    handleOf,
    labelOf,
    classOf,
    tintOf,
    selection,
    onVisible,
    isUnknown = false,
  } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const width = useElementWidth(scroller);
  // Other widths and heights draw no row anew.
  const columns = useSameList(shownColumns(props.columns, layout));
  const cells = useMemo(() => [SELECT_COLUMN, ...columns.map(({ id }) => id)], [columns]);
  const rowHeight = rowHeights[layout.density];
  const handleAt = (index: number): number | null => {
    const row = rowAt(index);
    return row === undefined ? null : handleOf(row);
  };

  const placeAt = (index: number) => ({ index, handle: handleAt(index), revision: props.revision });

  const finder = { ...props, handleAt };
  const active = useActiveCell(scroller, { count, revision: props.revision, columns: cells }, finder);
  const atRest = useRef<() => void>(() => undefined);
  const body = useRef<HTMLDivElement>(null);
  const scroll = useRowScroll(scroller, {
    body,
    isKnown(from, to) {
      // Nobody knows any: there is nothing to wait for.
      if (isUnknown) return true;
      for (let index = from; index < to; index++) if (rowAt(index) === undefined) return false;
      return true;
    },
    count,
    height: rowHeight,
    active: active.index ?? -1,
    moved: props.moved ?? 0,
    onVisible,
    onRest: () => atRest.current(),
  });
  const { first, last } = scroll.inView ?? { first: 0, last: 0 };
  const isLaidOut = scroll.inView !== null;
  // Rows that nobody knows yet are grey lines of the background: to draw them would hold up those that come.
  const rowsDrawn = isUnknown ? [] : scroll.rows;
  const [slotsOf] = useState(() => createRowSlots(NEW_AT_ONCE));
  /** By element. */
  const [lastShown] = useState(() => new Map<number, GridRowProps<Row>>());
  const held = useHeldRow(active.index === null ? undefined : rowAt(active.index), handleOf);
  const placed = rowsDrawn.map((index) => {
    const row = rowAt(index) ?? (index === active.index ? held(active.handle) : undefined);
    // While rows are read, the grey lines of the background stand for them; but the focus needs an element.
    const isDrawn = row !== undefined || index === active.index;
    const isUrgent = index === active.index || (index >= first && index < last);
    return { index, row, handle: row === undefined ? null : handleOf(row), isDrawn, isUrgent };
  });
  const slots = slotsOf(placed);
  useDrawMore(placed.some(({ index, isDrawn }) => isDrawn && !slots.has(index)));
  const elements = new Set(slots.values());
  for (const slot of lastShown.keys()) if (!elements.has(slot)) lastShown.delete(slot);
  const remember = useScrollMemory(
    { ...props, count: isUnknown ? 0 : count, busy: props.busy ?? false, handleAt },
    scroll,
  );
  const rows = useRowSelection(finder);
  const drag = useHeaderDrag({ grid: scroller, columns: props.columns, layout, onLayout: props.onLayout });
  useEffect(() => {
    atRest.current = remember;
  });
  useEffect(() => {
    if (isLaidOut) onVisible(first, last);
  }, [isLaidOut, onVisible, first, last]);

  // Where nobody has been yet, Tab leads to the first row in view.
  const activeIndex = active.index ?? Math.min(first, count - 1);
  const chosen = selectedCount(selection, count);
  const toggleAll = () => (chosen >= count ? rows.clear() : rows.all());

  function move(to: number, column: string, extend: boolean): void {
    active.activate(to, to === HEADER ? null : handleAt(to), column, true);
    if (to !== HEADER) scroll.reveal(to);
    if (extend) rows.extendTo(placeAt(to), false);
  }
  const keys = useGridKeys({
    columns: props.columns,
    shown: columns,
    layout,
    onLayout: props.onLayout,
    sort: props.sort,
    onSort: props.onSort,
    place: () => ({
      row: activeIndex,
      column: cells.indexOf(active.column),
      rows: isUnknown ? 0 : count,
      columns: cells.length,
      pageRows: scroll.pageRows(),
      first,
    }),
    move,
    toggle() {
      const row = placeAt(activeIndex);
      if (row.handle !== null) rows.toggle({ ...row, handle: row.handle });
    },
    toggleAll,
    all: rows.all,
    invert: rows.invert,
  });

  function choose(index: number, event: MouseEvent, alone: boolean): void {
    const row = placeAt(index);
    const { handle } = row;
    if (handle === null) return;
    active.activate(index, handle, columnOf(event.target) ?? active.column, alone);
    if (event.shiftKey) rows.extendTo(row, event.ctrlKey || event.metaKey);
    else if (event.ctrlKey || event.metaKey || !alone) rows.toggle({ ...row, handle });
    else rows.only({ ...row, handle });
  }
  /** Another row is shown beside the grid: keys go on from there. */
  function show(index: number): void {
    active.activate(index, handleAt(index), active.column, false);
    scroll.reveal(index);
  }
  /** The focus comes by Tab, by the mouse or to a control: the cell that has it is the active one. */
  function onFocus(event: FocusEvent): void {
    active.hold(event.target);
    const column = columnOf(event.target);
    const index = rowIndexOf(event.target) ?? HEADER;
    if (column === null || (index === active.index && column === active.column)) return;
    active.activate(index, index === HEADER ? null : handleAt(index), column, false);
  }
  const latest = useLatest({ choose, move, show, placeAt, column: active.column });
  useEffect(() => {
    if ((props.shownIndex ?? -1) >= 0) latest.current.show(props.shownIndex ?? 0);
  }, [props.shownIndex, latest]);
  useEffect(() => {
    if ((props.jumps ?? 0) > 0) latest.current.move(0, latest.current.column, false);
  }, [props.jumps, latest]);
  const onClick = useCallback(
    (index: number, event: MouseEvent) => {
      if ((event.target as HTMLElement).closest(CONTROLS) === null) latest.current.choose(index, event, true);
    },
    [latest],
  );
  const onToggle = useCallback(
    (index: number, event: MouseEvent) => latest.current.choose(index, event, false),
    [latest],
  );

  const sizes = {
    [TRACKS]: columnTracks(columns, layout),
    [COLUMNS_WIDTH]: `${columnsWidth(columns, layout)}px`,
    '--row-height': `${rowHeight}px`,
  } as CSSProperties;
  return (
    <div className="relative h-full">
      <ColumnsMenu columns={props.columns} layout={layout} onLayout={props.onLayout} left={width} />
      <div aria-live="polite" className="sr-only">
        {keys.said}
      </div>
      <div
        ref={scroller}
        role="grid"
        aria-label={label}
        aria-rowcount={isUnknown ? -1 : count + 1}
        aria-colcount={cells.length}
        aria-multiselectable="true"
        aria-busy={props.busy ?? false}
        onKeyDown={keys.onKeyDown}
        onFocus={onFocus}
        onBlur={() => active.hold(null)}
        onDragStart={(event) => event.preventDefault()}
        onPointerDown={(event) =>
          dragRows(event, {
            grid: scroller,
            selection,
            placeAt: (index) => latest.current.placeAt(index),
            hold: scroll.hold,
            onSelect: rows.span,
          })
        }
        style={sizes}
        className={cn(
          'relative h-full overflow-x-auto overflow-y-scroll overscroll-contain bg-background [overflow-anchor:none] [scrollbar-color:var(--line-strong)_var(--background)]',
          // Below the last of few rows there is nothing to come.
          (isUnknown || count > scroll.pageRows() + 1) && 'grid-skeleton',
        )}
      >
        <GridHeader
          columns={columns}
          active={activeIndex === HEADER ? active.column : null}
          sort={props.sort}
          onSort={props.onSort}
          drag={drag}
          select={
            <Checkbox
              aria-label="Select all"
              tabIndex={-1}
              disabled={count === 0}
              checked={count > 0 && chosen >= count}
              indeterminate={chosen > 0 && chosen < count}
              onCheckedChange={toggleAll}
            />
          }
        />
        <div
          role="rowgroup"
          style={{ height: scroll.height }}
          className="relative [--columns-width:inherit] min-w-(--columns-width) [--tracks:inherit] overflow-clip"
        >
          <div ref={body} role="presentation" className="absolute inset-x-0 top-0 [--tracks:inherit]">
            {placed.map(({ index, row, handle, isDrawn }) => {
              const slot = slots.get(index);
              if (slot === undefined) return null;
              const before = lastShown.get(slot);
              if (!isDrawn) return before && <GridRow key={slot} {...before} active={null} isSpare />;
              const shown: GridRowProps<Row> = {
                row,
                index,
                top: index * rowHeight - scroll.shift,
                columns,
                label: row === undefined ? '' : labelOf(row),
                selected: handle !== null && isSelected(selection, handle),
                active: index === activeIndex ? active.column : null,
                className: row === undefined ? undefined : classOf?.(row),
                tint: row === undefined ? undefined : tintOf?.(row),
                onClick,
                onToggle,
              };
              lastShown.set(slot, shown);
              return <GridRow key={slot} {...shown} />;
            })}
          </div>
        </div>
      </div>
    </div>
  );
}

function columnOf(target: EventTarget): string | null {
  return (target as Element).closest<HTMLElement>('[data-column]')?.dataset['column'] ?? null;
}
