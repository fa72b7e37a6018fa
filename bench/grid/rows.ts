import type { MadeSellers } from '#bench/store/made-sellers.ts';
import type { WireSeller } from '#lib/tables/sellers.ts';
import type { Shown, SortName } from './subject.ts';

/** What the columns show. */
export type GridRow = Pick<
  WireSeller,
  | 'no'
  | 'display_name'
  | 'normalized_name'
  | 'flagged'
  | 'times_seen'
  | 'feedback_percent'
  | 'feedback_count'
  | 'item_count'
  | 'source'
  | 'created_at'
>;

export const titles = {
  display_name: 'Name',
  flagged: 'Flagged',
  times_seen: 'Times seen',
  feedback_percent: 'Feedback %',
  feedback_count: 'Feedback',
  item_count: 'Items',
  source: 'Source',
  created_at: 'Created',
} as const satisfies Partial<Record<keyof GridRow, string>>;
export type Column = keyof typeof titles;
export const columnIds = Object.keys(titles) as Column[];

/** The newest first. */
export function gridRows(made: MadeSellers): GridRow[] {
  return Array.from({ length: made.rows }, (_, at) => gridRow(made.seller(made.rows - 1 - at)));
}

function gridRow(row: WireSeller): GridRow {
  const { no, display_name, normalized_name, flagged, times_seen, feedback_percent } = row;
  const { feedback_count, item_count, source, created_at } = row;
  return {
    no,
    display_name,
    normalized_name,
    flagged,
    times_seen,
    feedback_percent,
    feedback_count,
    item_count,
    source,
    created_at,
  };
}

const whole = new Intl.NumberFormat('en');

export function textOf(row: Readonly<Record<Column, string | number | boolean | null>>, column: Column): string {
  const value = row[column];
  return value === null ? '–' : typeof value === 'number' ? whole.format(value) : String(value);
}

const byName = (a: GridRow, b: GridRow): number =>
  a.normalized_name < b.normalized_name ? -1 : a.normalized_name > b.normalized_name ? 1 : 0;

export const compared: Readonly<Record<SortName, (a: GridRow, b: GridRow) => number>> = {
  newest: (a, b) => b.no - a.no,
  feedback: (a, b) => (b.feedback_count ?? -1) - (a.feedback_count ?? -1) || byName(a, b),
  name: byName,
};

export function isShown(row: GridRow, filter: Shown['filter']): boolean {
  return filter === null || (filter === 'flagged' ? row.flagged : row.normalized_name.includes(filter));
}

/** The rows of a list, by plain arrays. `rows`: the newest first. */
export function listOf(rows: readonly GridRow[], { sort, filter }: Shown): readonly GridRow[] {
  const kept = filter === null ? rows : rows.filter((row) => isShown(row, filter));
  return sort === 'newest' ? kept : kept.toSorted(compared[sort]);
}

/** Names of the row at `place` in each of these lists, found without any of the subjects. */
export function namesAt(made: MadeSellers, lists: readonly Shown[], place: number): string[] {
  const firsts = lists.map((): GridRow[] => []);
  for (let no = 0; no < made.rows; no++) {
    const row = gridRow(made.seller(no));
    lists.forEach(({ sort, filter }, at) => {
      const first = firsts[at] ?? [];
      const last = first[place];
      if (!isShown(row, filter) || (last !== undefined && compared[sort](row, last) > 0)) return;
      firsts[at] = [...first, row].toSorted(compared[sort]).slice(0, place + 1);
    });
  }
  return firsts.map((rows) => rows[place]?.display_name ?? '');
}
