import { BarTable } from '#components/ui/bar-table.tsx';
import { LineChart } from '#components/ui/line-chart.tsx';
import { feedbackBands } from '#lib/query/overview.ts';
import type { CollectionRun } from '#lib/tables/collection-runs.ts';
import { Panel } from './panel.tsx';
import { sellersHash } from './seller-links.ts';
import type { SellerFigures } from './use-overview.ts';

const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const MOST_RUNS = 8;

interface FigureProps {
  readonly figures: SellerFigures;
}

/** How many of the sellers that are there now were there when. */
export function GrowthFigure({ figures: { overview, growth } }: FigureProps) {
  const { before, steps } = growth;
  return (
    <Panel title="Growth of the list">
      <LineChart
        title="Sellers of today’s list by when they came in"
        at={[before, ...steps.map(({ to }) => to)]}
        series={[{ name: 'Sellers', values: overview.grown, stroke: 'stroke-accent', swatch: 'border-accent' }]}
        formatAt={(at) => day.format(at)}
        hrefAt={(index) => sellersHash([{ column: 'created_at', to: steps[index - 1]?.to ?? before }])}
      />
    </Panel>
  );
}

/** What the last runs added and is still there. */
export function NewPerRunFigure({ figures: { overview }, runs }: FigureProps & { runs: readonly CollectionRun[] }) {
  const rowsByRun = new Map(overview.byRun);
  const bars = runs.slice(0, MOST_RUNS).map(({ id, name }) => ({
    key: id,
    name,
    value: rowsByRun.get(id) ?? 0,
    fill: 'bg-ebay',
    href: sellersHash([{ column: 'first_seen_run_id', in: [id] }]),
  }));
  return (
    <Panel title="New per run">
      {bars.length === 0 ? (
        <p className="text-muted">No run has collected sellers yet.</p>
      ) : (
        <BarTable title="Sellers that each of the last runs found first" bars={bars} />
      )}
    </Panel>
  );
}

export function FlagFigure({ figures: { overview } }: FigureProps) {
  const { total, flagged } = overview;
  return (
    <Panel title="Flagged">
      <BarTable
        title="Share of the list"
        shares
        bars={[
          {
            name: 'Flagged',
            value: flagged,
            fill: 'bg-flag',
            href: sellersHash([{ column: 'flagged', is: true }]),
          },
          {
            name: 'Not flagged',
            value: total - flagged,
            fill: 'bg-line-strong',
            href: sellersHash([{ column: 'flagged', is: false }]),
          },
        ]}
      />
    </Panel>
  );
}

export function FeedbackFigure({ figures: { overview } }: FigureProps) {
  const bars = feedbackBands.map((band, at) => ({
    name: bandWords(band),
    value: overview.feedback[at] ?? 0,
    fill: band === null ? 'bg-line-strong' : 'bg-accent',
    href: sellersHash([
      band === null
        ? { column: 'feedback_percent', empty: true }
        : { column: 'feedback_percent', from: band[0], to: band[1] },
    ]),
  }));
  return (
    <Panel title="Feedback">
      <BarTable title="Sellers by positive feedback" shares bars={bars} />
    </Panel>
  );
}

function bandWords(band: (typeof feedbackBands)[number]): string {
  if (band === null) return 'Not known';
  const [from, to] = band;
  if (from === to) return `${from} %`;
  const below = Math.ceil(to);
  return from === 0 ? `Below ${below} %` : `${from} to ${below} %`;
}
