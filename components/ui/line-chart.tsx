import { type ReactNode, useId } from 'react';
import { cn } from './cn.ts';
import { Disclosure } from './disclosure.tsx';
import { formatNumber } from './format.ts';

export interface Series {
  name: string;
  /** One value for each of `at`. */
  values: readonly number[];
  /** Tailwind classes of stroke and of the legend's line. */
  stroke: string;
  swatch: string;
  dashed?: boolean;
}

interface LineChartProps {
  title: string;
  /** Epoch milliseconds, ascending. */
  at: readonly number[];
  series: readonly Series[];
  /** How a moment is called. */
  formatAt: (at: number) => string;
  /** Where the figures of a moment lead. */
  hrefAt?: ((index: number) => string) | undefined;
  className?: string | undefined;
}

/** Rows of the table behind a chart: more would be read by nobody. */
const TABLE_ROWS = 24;

/** Lines over time, drawn as SVG, with the same figures as a table behind it. */
export function LineChart({ title, at, series, formatAt, hrefAt, className }: LineChartProps) {
  const id = useId();
  const first = at[0];
  const last = at.at(-1);
  if (first === undefined || last === undefined || last === first) return null;
  const top = Math.max(1, ...series.flatMap(({ values }) => values));
  const summary = series.map(({ name, values }) => `${name}: ${formatNumber(values.at(-1) ?? 0)}`).join(', ');
  return (
    <figure aria-labelledby={id} className={cn('grid gap-1 text-[12px] leading-4', className)}>
      <figcaption id={id} className="flex flex-wrap items-baseline gap-x-4 gap-y-1 text-muted">
        <span className="flex-1">{title}</span>
        {series.map((one) => (
          <span key={one.name} className="inline-flex items-center gap-1.5">
            <span
              aria-hidden="true"
              className={cn('w-4 border-t-2', one.swatch, one.dashed === true && 'border-dashed')}
            />
            {one.name}
          </span>
        ))}
      </figcaption>
      <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2">
        <div aria-hidden="true" className="flex flex-col justify-between text-right text-muted">
          <span>{formatNumber(top)}</span>
          <span>0</span>
        </div>
        <svg
          role="img"
          aria-label={`${title}. At the end, ${summary}.`}
          viewBox="0 0 100 100"
          preserveAspectRatio="none"
          className="h-24 w-full 2xl:h-36 rounded-sm border border-line bg-background"
        >
          {[25, 50, 75].map((y) => (
            <line
              key={y}
              x1="0"
              x2="100"
              y1={y}
              y2={y}
              vectorEffect="non-scaling-stroke"
              className="stroke-line contrast-more:opacity-30"
            />
          ))}
          {series.map((one) => (
            <polyline
              key={one.name}
              points={pointsOf(at, one.values, top)}
              vectorEffect="non-scaling-stroke"
              strokeDasharray={one.dashed === true ? '5 4' : undefined}
              className={cn('fill-none stroke-2', one.stroke)}
            />
          ))}
        </svg>
        <span />
        <div aria-hidden="true" className="mt-1 flex justify-between text-muted">
          <span>{formatAt(first)}</span>
          <span>{formatAt(last)}</span>
        </div>
      </div>
      <Disclosure title="As a table">
        <FiguresTable at={at} series={series} formatAt={formatAt} hrefAt={hrefAt} title={title} />
      </Disclosure>
    </figure>
  );
}

function FiguresTable({ at, series, formatAt, hrefAt, title }: LineChartProps): ReactNode {
  const step = Math.max(1, Math.ceil(at.length / TABLE_ROWS));
  const rows = [...at.keys()].filter((index) => index % step === 0 || index === at.length - 1);
  return (
    <div className="max-h-48 overflow-auto" tabIndex={0} role="region" aria-label={`${title}, as a table`}>
      <table className="w-full [&_td]:text-right [&_th]:font-normal">
        <thead>
          <tr className="text-muted">
            <th scope="col" className="text-left">
              Time
            </th>
            {series.map(({ name }) => (
              <th key={name} scope="col" className="text-right">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((index) => (
            <tr key={index}>
              <th scope="row" className="text-left">
                {hrefAt === undefined ? (
                  formatAt(at[index] ?? 0)
                ) : (
                  <a href={hrefAt(index)} className="hover:text-accent hover:underline">
                    {formatAt(at[index] ?? 0)}
                  </a>
                )}
              </th>
              {series.map(({ name, values }) => (
                <td key={name}>{formatNumber(values[index] ?? 0)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Points in a square of 100, the highest value a little below its top. */
function pointsOf(at: readonly number[], values: readonly number[], top: number): string {
  const first = at[0] ?? 0;
  const span = Math.max(1, (at.at(-1) ?? 0) - first);
  return at
    .map((time, index) => {
      const x = ((time - first) / span) * 100;
      const y = 98 - ((values[index] ?? 0) / top) * 94;
      return `${x.toFixed(2)},${y.toFixed(2)}`;
    })
    .join(' ');
}
