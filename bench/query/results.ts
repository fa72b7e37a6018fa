import type { Metric as ReportMetric } from '../shared/report.ts';

export type Metric =
  | 'first rows'
  | 'ready'
  | 'window'
  | 'search'
  | 'filter'
  | 'sort number'
  | 'sort text'
  | 'sort time'
  | 'sort'
  | 'sort again'
  | 'live pull'
  | 'live flag'
  | 'live'
  | 'memory';

/** After 200,000 changes. */
export type ScatteredMetric = 'scattered 200k' | 'first rows 200k' | 'ready 200k' | 'live 200k';
export type ScatteredFigures = Readonly<Record<ScatteredMetric, readonly number[]>>;

/** Milliseconds of single answers by metric; MB of private memory. */
export type Figures = Readonly<Record<Metric, readonly number[]>>;

const ms = (name: Metric | ScatteredMetric, says: string, share: 'median' | 'p95' = 'p95') =>
  ({ name, says, share, unit: 'ms', better: 'lower' }) as const;

export const metrics: readonly ReportMetric[] = [
  ms('first rows', 'a screen of rows from a store on disk', 'median'),
  ms('ready', 'every row can be listed', 'median'),
  ms('window', '50 rows at 90 %, in four orders'),
  ms('search', 'a keystroke, one letter and more, in three orders'),
  ms('filter', 'flagged only, and all again'),
  ms('sort number', 'first time by a number', 'median'),
  ms('sort text', 'first time by name', 'median'),
  ms('sort time', 'first time by a time', 'median'),
  ms('sort', 'the slowest of these'),
  ms('sort again', 'an order that was there before'),
  ms('live pull', '1,000 changed rows, stored and in the list'),
  ms('live flag', '10,000 rows flagged, in the list'),
  ms('live', 'the slower of these'),
  {
    name: 'scattered 200k',
    says: '200,000 changed rows into the open list, 10,000 at a time',
    unit: 's',
    better: 'lower',
  },
  ms('first rows 200k', '`first rows` with those changes before any work in idle time', 'median'),
  ms('ready 200k', '`ready` with them', 'median'),
  ms('live 200k', '`live pull` with them'),
  { name: 'memory', says: 'page and workers above an empty page', unit: 'MB', better: 'lower' },
];
