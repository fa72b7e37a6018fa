import '@glideapps/glide-data-grid/dist/index.css';
import type { GridCell, Item, Rectangle } from '@glideapps/glide-data-grid';
import { DataEditor, GridCellKind } from '@glideapps/glide-data-grid';
import { useCallback, useState } from 'react';
import { createRoot } from 'react-dom/client';
import type { GridRow } from './rows.ts';
import { columnIds, listOf, textOf, titles } from './rows.ts';
import { namesInView } from './scripted-scroll.ts';
import type { GridSubject, Shown } from './subject.ts';
import { ROW_HEIGHT } from './subject.ts';

const columns = columnIds.map((id) => ({ id, title: titles[id], width: 140 }));

/** A canvas that asks for cells; order and filter are the page's own, by plain arrays. */
export function createGlide(): GridSubject {
  let change: (shown: Shown) => void = () => undefined;
  let region: Rectangle = { x: 0, y: 0, width: 0, height: 0 };
  /** Names that it has asked for since the list is this one. */
  let asked = new Map<number, string>();

  function Editor({ rows }: { rows: readonly GridRow[] }) {
    const [list, setList] = useState(rows);
    change = (shown) => {
      asked = new Map();
      setList(listOf(rows, shown));
    };
    const getCellContent = useCallback(
      ([column, at]: Item): GridCell => {
        const [row, id] = [list[at], columnIds[column]];
        const text = row === undefined || id === undefined ? '' : textOf(row, id);
        if (column === 0) asked.set(at, text);
        return { kind: GridCellKind.Text, data: text, displayData: text, allowOverlay: false };
      },
      [list],
    );
    return (
      <DataEditor
        columns={columns}
        rows={list.length}
        getCellContent={getCellContent}
        rowHeight={ROW_HEIGHT}
        headerHeight={ROW_HEIGHT}
        width="100%"
        height="100%"
        onVisibleRegionChanged={(next) => {
          region = next;
        }}
      />
    );
  }

  const namesAt = (ys: readonly number[]): (string | null)[] =>
    ys.map((y) => {
      const at = Math.floor(y / ROW_HEIGHT);
      return at < region.height ? (asked.get(region.y + at) ?? null) : null;
    });

  const subject: GridSubject = {
    open(host, rows) {
      const portal = document.createElement('div');
      portal.id = 'portal';
      document.body.append(portal);
      createRoot(host).render(<Editor rows={rows} />);
    },
    show: (shown) => change(shown),
    scroller: () => document.querySelector<HTMLElement>('.dvn-scroller'),
    namesAt,
    // Until it has asked for the rows in view, the canvas has on it what was drawn last.
    isLate: () => namesInView(subject).includes(null),
  };
  return subject;
}
