import '#components/ui/theme.css';
import { useCallback, useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import type { GridColumn } from '#components/grid/column.ts';
import type { ColumnLayout } from '#components/grid/column-layout.ts';
import { firstLayout } from '#components/grid/column-layout.ts';
import { Grid } from '#components/grid/grid.tsx';
import { nothingSelected } from '#components/grid/selection.ts';
import { runsOf } from '#lib/shared/number-runs.ts';
import type { GridRow } from './rows.ts';
import { columnIds, listOf, textOf, titles } from './rows.ts';
import { sellerdexGrid } from './sellerdex.tsx';
import type { GridSubject, Shown } from './subject.ts';

const nothing = () => undefined;
const columns = columnIds.map((id): GridColumn<GridRow> => ({
  id,
  title: titles[id],
  width: 140,
  text: (row) => textOf(row, id),
}));
const everyRow: Shown = { sort: 'newest', filter: null };

/** The grid alone, over rows that the page has in memory; order and filter are the page's own, by plain arrays. */
export function createSellerdexMemory(): GridSubject {
  let change: (shown: Shown) => void = nothing;

  function List({ rows }: { rows: readonly GridRow[] }) {
    const [layout, setLayout] = useState<ColumnLayout>(() => firstLayout(columns));
    const [shown, setShown] = useState(everyRow);
    const [selection, setSelection] = useState(nothingSelected);
    const list = useMemo(() => listOf(rows, shown), [rows, shown]);
    const places = useCallback((no: number) => list.findIndex((row) => row.no === no), [list]);
    change = setShown;
    return (
      <Grid
        label="Sellers"
        columns={columns}
        layout={layout}
        onLayout={(next) => next !== null && setLayout(next)}
        count={list.length}
        listKey={JSON.stringify(shown)}
        revision={0}
        rowAt={(index) => list[index]}
        handleOf={(row) => row.no}
        labelOf={(row) => row.display_name}
        onVisible={nothing}
        runsBetween={(from, to) => Promise.resolve(runsOf(list.slice(from, to).map(({ no }) => no)))}
        indexOf={places}
        locate={(no) => Promise.resolve(places(no))}
        sort={[]}
        onSort={nothing}
        selection={selection}
        onSelection={setSelection}
      />
    );
  }

  return {
    ...sellerdexGrid(),
    open(host, rows) {
      createRoot(host).render(<List rows={rows} />);
    },
    show: (shown) => change(shown),
  };
}
