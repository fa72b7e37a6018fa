import { describe, expect, it } from 'vitest';
import {
  columnsWidth,
  columnTracks,
  firstLayout,
  MIN_WIDTH,
  neighbour,
  parseLayout,
  shownColumns,
  withMoved,
  withShown,
  withWidth,
} from './column-layout.ts';

const cell = () => null;
const columns = [
  { id: 'name', title: 'Name', width: 160, grow: 2, cell },
  { id: 'seen', title: 'Seen', width: 80, cell },
  { id: 'note', title: 'Note', width: 200, startsHidden: true, cell },
  { id: 'created', title: 'Created', width: 120, cell },
];
const first = firstLayout(columns);
const ids = (layout: typeof first) => shownColumns(columns, layout).map(({ id }) => id);

describe('column layout', () => {
  it('shows what the columns say, and what the person asks for where it was declared', () => {
    expect(ids(first)).toEqual(['name', 'seen', 'created']);
    expect(ids(withShown(first, 'note', true))).toEqual(['name', 'seen', 'note', 'created']);
    expect(ids(withShown(first, 'name', false))).toEqual(['name', 'seen', 'created']);
  });

  it('moves a column into the place of another, never into the first', () => {
    expect(ids(withMoved(columns, first, 'created', 'seen'))).toEqual(['name', 'created', 'seen']);
    expect(ids(withMoved(columns, first, 'seen', 'created'))).toEqual(['name', 'created', 'seen']);
    expect(ids(withMoved(columns, first, 'created', 'name'))).toEqual(['name', 'created', 'seen']);
    expect(withMoved(columns, first, 'name', 'created')).toBe(first);
    expect([neighbour(columns, 'seen', -1), neighbour(columns, 'seen', 1)]).toEqual([undefined, 'note']);
  });

  it('gives chosen widths within bounds, and those of the column again', () => {
    const wide = withWidth(withWidth(first, 'name', 300.4), 'seen', 1);
    expect(columnTracks(shownColumns(columns, wide), wide)).toBe(`36px 300px ${MIN_WIDTH}px 120px minmax(36px, 1fr)`);
    expect(columnTracks(shownColumns(columns, first), first)).toBe(
      '36px minmax(160px, 320px) 80px 120px minmax(36px, 1fr)',
    );
    expect(columnsWidth(shownColumns(columns, wide), wide)).toBe(36 + 300 + MIN_WIDTH + 120 + 36);
    expect(withWidth(wide, 'name', null).widths).toEqual({ seen: MIN_WIDTH });
  });

  it('is found again as it was kept', () => {
    const kept = {
      ...withMoved(columns, withWidth(first, 'seen', 99), 'created', 'seen'),
      density: 'compact' as const,
    };
    expect(parseLayout(JSON.stringify(kept), columns)).toEqual(kept);
  });

  it('knows columns that came later, and leaves out what is no layout', () => {
    const older = { order: ['name', 'created', 'gone'], hidden: ['gone'], widths: { created: 150 }, density: 'huge' };
    const now = parseLayout(JSON.stringify(older), columns);
    expect(ids(now)).toEqual(['name', 'seen', 'created']);
    expect([now.density, now.widths]).toEqual(['normal', { created: 150 }]);
    for (const text of [null, '', '{', '7', 'null', '{"order":1,"hidden":[2],"widths":[],"density":{}}'])
      expect(parseLayout(text, columns)).toEqual(first);
    expect(parseLayout('{"widths":{"seen":1e9,"name":"7"}}', columns).widths).toEqual({});
  });
});
