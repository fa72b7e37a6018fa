import { formatNumber, formatShare } from '#components/ui/format.ts';
import type { CollectionRun } from '#lib/tables/collection-runs.ts';
import { sellersHash } from './seller-links.ts';
import type { SellerFigures } from './use-overview.ts';

const dayAndMonth = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });

interface KeyFigure {
  readonly name: string;
  readonly value: string;
  readonly beside?: string;
  readonly href: string;
}

/** The figures one looks for first. */
export function KeyFigures({ figures, runs }: { figures: SellerFigures; runs: readonly CollectionRun[] }) {
  const { overview, growth } = figures;
  const { total, flagged, grown, byRun } = overview;
  const last = runs[0];
  const latest = growth.steps.at(-1);
  const added = (grown.at(-1) ?? 0) - (grown.at(-2) ?? 0);
  const all: readonly KeyFigure[] = [
    { name: 'Sellers', value: formatNumber(total), href: sellersHash([]) },
    {
      name: 'Flagged',
      value: formatNumber(flagged),
      beside: formatShare(flagged, total),
      href: sellersHash([{ column: 'flagged', is: true }]),
    },
    ...(last === undefined
      ? []
      : [
          {
            name: 'New from last run',
            value: formatNumber(new Map(byRun).get(last.id) ?? 0),
            href: sellersHash([{ column: 'first_seen_run_id', in: [last.id] }]),
          },
        ]),
    ...(latest === undefined
      ? []
      : [
          {
            name: `Added since ${dayAndMonth.format(latest.from)}`,
            value: `+${formatNumber(added)}`,
            href: sellersHash([{ column: 'created_at', from: latest.from, to: latest.to }]),
          },
        ]),
  ];
  return (
    <ul aria-label="Key figures" className="grid grid-cols-2 gap-3 lg:col-span-2 lg:grid-cols-4 2xl:col-span-3">
      {all.map(({ name, value, beside, href }) => (
        <li key={name}>
          <a href={href} className="block h-full rounded-lg border border-line bg-raised px-3 py-2 hover:bg-hover">
            <span className="block text-[13px] text-muted">{name}</span>
            <span className="block text-[22px] leading-7 font-semibold tabular-nums">
              {value}
              {beside !== undefined && <span className="text-[13px] font-normal text-muted"> · {beside}</span>}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
