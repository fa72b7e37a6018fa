import { cn } from './cn.ts';
import { formatNumber, formatShare } from './format.ts';

export interface Bar {
  /** Where names repeat; else the name. */
  key?: string | undefined;
  name: string;
  value: number;
  /** Tailwind class of its colour. */
  fill: string;
  /** Where its figure leads. */
  href?: string | undefined;
}

/** Amounts beside each other as a table whose cells carry bars: the picture and its figures are one. */
export function BarTable({ title, bars, shares }: { title: string; bars: readonly Bar[]; shares?: boolean }) {
  const top = Math.max(1, ...bars.map(({ value }) => value));
  const total = bars.reduce((sum, { value }) => sum + value, 0);
  return (
    <table className="w-full text-[13px]">
      <caption className="pb-1 text-left text-[12px] leading-4 text-muted">{title}</caption>
      <tbody>
        {bars.map(({ key, name, value, fill, href }) => (
          <tr key={key ?? name} className={href === undefined ? undefined : 'h-6'}>
            <th scope="row" className="w-px pr-3 text-left font-normal whitespace-nowrap">
              {href === undefined ? (
                name
              ) : (
                <a
                  href={href}
                  className="block max-w-44 truncate leading-6 hover:text-accent hover:underline"
                  title={name}
                >
                  {name}
                </a>
              )}
            </th>
            <td aria-hidden="true">
              <span
                className={cn('bar block h-2.5 rounded-xs', value > 0 && 'min-w-px', fill)}
                style={{ width: `${(value / (shares === true ? Math.max(1, total) : top)) * 100}%` }}
              />
            </td>
            <td className="w-px pl-3 text-right whitespace-nowrap">
              {formatNumber(value)}
              {shares === true && total > 0 && <span className="text-muted"> · {formatShare(value, total)}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
