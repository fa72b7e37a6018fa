import type { GridApi } from 'ag-grid-community';
import { AllCommunityModule, createGrid, ModuleRegistry } from 'ag-grid-community';
import { drawnNames } from './dom-rows.ts';
import type { GridRow } from './rows.ts';
import { columnIds, isShown, textOf, titles } from './rows.ts';
import type { GridSubject, Shown } from './subject.ts';
import { ROW_HEIGHT } from './subject.ts';

const sorts = {
  newest: [{ colId: 'no', sort: 'desc' }],
  // Ties by name, as in all of them: else the row by which the order is known is another one.
  feedback: [
    { colId: 'feedback_count', sort: 'desc', sortIndex: 0 },
    { colId: 'normalized_name', sort: 'asc', sortIndex: 1 },
  ],
  name: [{ colId: 'normalized_name', sort: 'asc' }],
} as const;

/** It scrolls under its header, which has a line below. */
const HEADER = 37;

/** Community's client-side row model, as its quick start has it: every row in memory, animations off. */
export function createAgGrid(): GridSubject {
  let api: GridApi<GridRow> | null = null;
  let filter: Shown['filter'] = null;
  const scroller = () =>
    [...document.querySelectorAll<HTMLElement>('.ag-root *')].find(
      (each) => each.scrollHeight > each.clientHeight + 1000 && getComputedStyle(each).overflowY !== 'visible',
    ) ?? null;
  let found: HTMLElement | null = null;
  const known = () => (found?.isConnected === true ? found : (found = scroller()));

  return {
    open(host, rows) {
      ModuleRegistry.registerModules([AllCommunityModule]);
      api = createGrid<GridRow>(host, {
        rowData: rows as GridRow[],
        rowHeight: ROW_HEIGHT,
        headerHeight: ROW_HEIGHT,
        animateRows: false,
        columnDefs: [
          ...columnIds.map((field) => ({
            field,
            headerName: titles[field],
            width: 140,
            // Its own texts for true and false would be drawn as check boxes.
            cellDataType: false as const,
            valueFormatter: ({ data }: { data: GridRow | undefined }) =>
              data === undefined ? '' : textOf(data, field),
          })),
          { field: 'no', hide: true },
          { field: 'normalized_name', hide: true },
        ],
        isExternalFilterPresent: () => filter !== null,
        doesExternalFilterPass: ({ data }) => data !== undefined && isShown(data, filter),
      });
    },
    show(shown) {
      if (shown.filter !== filter) {
        filter = shown.filter;
        api?.onFilterChanged();
      }
      api?.applyColumnState({ state: [...sorts[shown.sort]], defaultState: { sort: null } });
    },
    scroller: known,
    // Rows that it has not drawn yet are missing.
    isLate: () => false,
    namesAt: (ys) =>
      drawnNames(
        known(),
        ys.map((y) => HEADER + y),
        '.ag-row',
        '[col-id=display_name]',
      ),
  };
}
