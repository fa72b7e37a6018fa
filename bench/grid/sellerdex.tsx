import '#components/ui/theme.css';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import type { GridColumn } from '#components/grid/column.ts';
import type { ColumnLayout } from '#components/grid/column-layout.ts';
import { firstLayout } from '#components/grid/column-layout.ts';
import { Grid } from '#components/grid/grid.tsx';
import { nothingSelected } from '#components/grid/selection.ts';
import { takeWorker } from '#components/sellers/early-worker.ts';
import { indexIn } from '#components/sellers/seller-view.ts';
import { useSellerView } from '#components/sellers/use-seller-view.ts';
import type { Query, SellerRow } from '#lib/query/query.ts';
import { newestFirst } from '#lib/query/query.ts';
import type { QueryClient } from '#lib/query/query-client.ts';
import { createQueryClient } from '#lib/query/query-client.ts';
import { drawnNames } from './dom-rows.ts';
import type { Column } from './rows.ts';
import { columnIds, textOf, titles } from './rows.ts';
import type { GridSubject, Shown, SortName } from './subject.ts';
import { STORE } from './subject.ts';

const HEADER = 36;

/** Of the grid, whatever its rows come from. */
export const sellerdexGrid = (): Pick<GridSubject, 'scroller' | 'namesAt' | 'isLate'> => {
  const scroller = () => document.querySelector<HTMLElement>('[role=grid]');
  return {
    scroller,
    namesAt: (ys) =>
      drawnNames(
        scroller(),
        ys.map((y) => HEADER + y),
        '[data-index]:not([aria-busy])',
        '[data-column=display_name]',
      ),
    // Rows that it keeps on the screen while others are read are moved there.
    isLate: () =>
      document.querySelector<HTMLElement>('[role=grid] [role=presentation]:has(> [role=row])')?.style.translate !== '',
  };
};
const sorts: Readonly<Record<SortName, Query['sort']>> = {
  newest: newestFirst,
  feedback: [{ column: 'feedback_count', order: 'desc' }],
  name: [{ column: 'display_name', order: 'asc' }],
};
const nothing = () => undefined;

function columnOf(id: Column): GridColumn<SellerRow> {
  const text =
    id === 'created_at'
      ? (row: SellerRow) => new Date(row.created_at).toISOString()
      : (row: SellerRow) => textOf(row, id);
  return { id, title: titles[id], width: id === 'created_at' ? 220 : 140, firstOrder: 'asc', text };
}
const columns = columnIds.map(columnOf);

function queryOf({ sort, filter }: Shown): Query {
  return {
    search: filter === 'tech-' ? filter : '',
    where: filter === 'flagged' ? [{ column: 'flagged', is: true }] : [],
    sort: sorts[sort],
  };
}

/** The grid and the engine of the manager, over a store on disk. */
export function createSellerdex(): GridSubject {
  let change: (shown: Shown) => void = nothing;

  function List({ client }: { client: QueryClient }) {
    const [layout, setLayout] = useState<ColumnLayout>(() => firstLayout(columns));
    const [query, setQuery] = useState<Query>(() => queryOf({ sort: 'newest', filter: null }));
    const [selection, setSelection] = useState(nothingSelected);
    const { view, snapshot } = useSellerView(client, query);
    change = (shown) => setQuery(queryOf(shown));
    const { state, from, rows } = snapshot;
    return (
      <Grid
        label="Sellers"
        columns={columns}
        layout={layout}
        onLayout={(next) => next !== null && setLayout(next)}
        count={state?.total ?? 12}
        isUnknown={state === null}
        listKey={JSON.stringify(query)}
        revision={state?.revision ?? 0}
        moved={snapshot.moved}
        rowAt={(index) => rows[index - from]}
        handleOf={(row) => row.no}
        labelOf={(row) => row.display_name}
        onVisible={view.show}
        runsBetween={view.runsBetween}
        indexOf={(no) => indexIn(snapshot, no)}
        locate={view.locate}
        sort={query.sort}
        onSort={nothing}
        selection={selection}
        onSelection={setSelection}
      />
    );
  }

  return {
    ...sellerdexGrid(),
    open(host) {
      const client = createQueryClient(takeWorker(), STORE);
      createRoot(host).render(<List client={client} />);
    },
    show: (shown) => change(shown),
  };
}
