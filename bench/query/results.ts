/** Milliseconds of single answers by metric; MB of private memory. */
export type Figures = Readonly<Record<Metric, readonly number[]>>;

export const metrics = {
  'first rows': 'median',
  ready: 'median',
  window: 'p95',
  search: 'p95',
  filter: 'p95',
  'sort number': 'median',
  'sort text': 'median',
  'sort time': 'median',
  'sort again': 'p95',
  'live pull': 'p95',
  'live flag': 'p95',
  memory: 'median',
} as const;
export type Metric = keyof typeof metrics;

export interface Result {
  readonly subject: string;
  readonly metric: string;
  readonly unit: 'ms' | 'MB';
  readonly value: number;
  readonly better: 'lower';
}

/** One figure a metric, over all rounds. */
export function toResults(subject: string, rounds: readonly Figures[]): Result[] {
  return Object.entries(metrics).flatMap(([metric, share]) => {
    const all = rounds.flatMap((round) => round[metric as Metric]).toSorted((a, b) => a - b);
    if (all.length === 0) return [];
    const at = share === 'median' ? Math.floor(all.length / 2) : Math.ceil(all.length * 0.95) - 1;
    const value = Math.round(10 * (all[at] ?? Number.NaN)) / 10;
    return [
      {
        subject,
        metric,
        unit: metric === 'memory' ? ('MB' as const) : ('ms' as const),
        value,
        better: 'lower' as const,
      },
    ];
  });
}
