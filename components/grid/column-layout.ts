import type { GridColumn } from './column.ts';

export const densities = ['compact', 'normal', 'comfortable'] as const;
export type Density = (typeof densities)[number];

/** Height of a row, pixels. */
export const rowHeights: Readonly<Record<Density, number>> = { compact: 28, normal: 36, comfortable: 44 };

/** How a person has arranged a grid: plain JSON. Columns by id; what it does not name is as the columns say. */
export interface ColumnLayout {
  readonly order: readonly string[];
  readonly hidden: readonly string[];
  /** Pixels. */
  readonly widths: Readonly<Record<string, number>>;
  readonly density: Density;
}

export const MIN_WIDTH = 48;
export const MAX_WIDTH = 1200;
/** The box of each row. */
export const SELECT_WIDTH = 36;

type Columns<Row> = readonly GridColumn<Row>[];

export function firstLayout<Row>(columns: Columns<Row>): ColumnLayout {
  return {
    order: columns.map(({ id }) => id),
    hidden: columns.filter(({ startsHidden }) => startsHidden).map(({ id }) => id),
    widths: {},
    density: 'normal',
  };
}

/** Every column in the person's order; those that the layout does not know are where they were declared. */
export function orderedColumns<Row>(columns: Columns<Row>, { order }: ColumnLayout): Columns<Row> {
  const [first, ...rest] = columns;
  if (first === undefined) return [];
  const known = order.flatMap((id) => rest.find((column) => column.id === id) ?? []);
  const ordered = [first, ...known];
  rest.forEach((column, at) => {
    if (!ordered.includes(column)) ordered.splice(Math.min(at + 1, ordered.length), 0, column);
  });
  return ordered;
}

/** The first is always shown, and always first. */
export function shownColumns<Row>(columns: Columns<Row>, layout: ColumnLayout): Columns<Row> {
  return orderedColumns(columns, layout).filter(({ id }, at) => at === 0 || !layout.hidden.includes(id));
}

export function withShown(layout: ColumnLayout, id: string, shown: boolean): ColumnLayout {
  const hidden = layout.hidden.filter((one) => one !== id);
  return { ...layout, hidden: shown ? hidden : [...hidden, id] };
}

/** null: as the column says. */
export function withWidth(layout: ColumnLayout, id: string, width: number | null): ColumnLayout {
  const widths: Record<string, number> = { ...layout.widths };
  delete widths[id];
  if (width !== null) widths[id] = Math.round(Math.min(Math.max(width, MIN_WIDTH), MAX_WIDTH));
  return { ...layout, widths };
}

/** Puts a column into the place of another; those between move by one. Nothing takes the first place. */
export function withMoved<Row>(columns: Columns<Row>, layout: ColumnLayout, id: string, target: string): ColumnLayout {
  const order = orderedColumns(columns, layout).map((column) => column.id);
  const [from, to] = [order.indexOf(id), Math.max(1, order.indexOf(target))];
  if (from < 1) return layout;
  order.splice(from, 1);
  order.splice(to, 0, id);
  return { ...layout, order };
}

/** The shown neighbour of a column, into whose place it would move by a step; undefined at the end. */
export function neighbour<Row>(shown: Columns<Row>, id: string, step: 1 | -1): string | undefined {
  const to = shown.findIndex((column) => column.id === id) + step;
  return to < 1 ? undefined : shown[to]?.id;
}

/** Value of `grid-template-columns`, the box of the row first and room for the button of the columns last, with all that is left over. */
export function columnTracks<Row>(shown: Columns<Row>, { widths }: ColumnLayout): string {
  const tracks = shown.map(({ id, width, grow }) => {
    const chosen = widths[id];
    if (chosen !== undefined) return `${chosen}px`;
    return grow === undefined ? `${width}px` : `minmax(${width}px, ${width * grow}px)`;
  });
  return [`${SELECT_WIDTH}px`, ...tracks, `minmax(${SELECT_WIDTH}px, 1fr)`].join(' ');
}

/** Pixels that the columns need; below, they scroll sideways. */
export function columnsWidth<Row>(shown: Columns<Row>, { widths }: ColumnLayout): number {
  return shown.reduce((sum, { id, width }) => sum + (widths[id] ?? width), 2 * SELECT_WIDTH);
}

/** What was kept as text; what is not a layout is left out. */
export function parseLayout<Row>(text: string | null, columns: Columns<Row>): ColumnLayout {
  const first = firstLayout(columns);
  const kept = record(parseJson(text));
  const strings = (value: unknown): string[] | null =>
    Array.isArray(value) ? value.filter((one) => typeof one === 'string') : null;
  const widths = Object.entries(record(kept['widths'])).filter(
    (entry): entry is [string, number] =>
      typeof entry[1] === 'number' && entry[1] >= MIN_WIDTH && entry[1] <= MAX_WIDTH,
  );
  return {
    order: strings(kept['order']) ?? first.order,
    // A column that came later is shown or not as it says.
    hidden: hiddenOf(strings(kept['order']), strings(kept['hidden']), first),
    widths: Object.fromEntries(widths),
    density: densities.find((density) => density === kept['density']) ?? first.density,
  };
}

function hiddenOf(order: string[] | null, hidden: string[] | null, first: ColumnLayout): readonly string[] {
  if (order === null || hidden === null) return first.hidden;
  return [...hidden, ...first.hidden.filter((id) => !order.includes(id))];
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null') as unknown;
  } catch {
    return null;
  }
}
