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

/** Milliseconds of single answers by metric; MB of private memory. */
export type Figures = Readonly<Record<Metric, readonly number[]>>;

const ms = (name: Metric, says: string, share: 'median' | 'p95' = 'p95') =>
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
  { name: 'memory', says: 'page and workers above an empty page', unit: 'MB', better: 'lower' },
];
