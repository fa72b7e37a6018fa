import { Flag } from 'lucide-react';
import { formatNumber, formatPercent } from '#components/ui/format.ts';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import type { GridColumn } from '#components/grid/column.ts';
import type { SellerRow } from '#lib/query/query.ts';
import { FlagButton } from './flag-button.tsx';
import { NameCell } from './name-cell.tsx';
import { sourceWords } from './source-words.ts';
import { SyncBadge } from './sync-badge.tsx';

function Figure({ value, format = formatNumber }: { value: number | null; format?: (value: number) => string }) {
  if (value === null)
    return (
      <span className="text-muted" aria-label="not known">
        –
      </span>
    );
  return <span className="tabular-nums">{format(value)}</span>;
}

export const sellerColumns: readonly GridColumn<SellerRow>[] = [
  {
    id: 'flagged',
    title: 'Flagged',
    hideTitle: true,
    header: () => (
      <span className="grid w-7 shrink-0 place-items-center">
        <Flag aria-hidden="true" className="size-3.5" />
      </span>
    ),
    width: '56px',
    firstOrder: 'desc',
    cell: (row, { tabIndex }) => <FlagButton row={row} tabIndex={tabIndex} />,
  },
  {
    id: 'display_name',
    title: 'Name',
    width: 'minmax(140px, 2fr)',
    firstOrder: 'asc',
    cell: (row, { tabIndex }) => <NameCell row={row} tabIndex={tabIndex} />,
  },
  {
    id: 'sync',
    title: 'Sync',
    hideTitle: true,
    width: '76px',
    cell: (row, { tabIndex }) => <SyncBadge row={row} tabIndex={tabIndex} />,
  },
  {
    id: 'times_seen',
    title: 'Times seen',
    width: '112px',
    align: 'end',
    firstOrder: 'desc',
    hideBelow: 480,
    cell: (row) => <Figure value={row.times_seen} />,
  },
  {
    id: 'feedback_percent',
    title: 'Feedback %',
    width: '116px',
    align: 'end',
    firstOrder: 'desc',
    hideBelow: 600,
    cell: (row) => <Figure value={row.feedback_percent} format={formatPercent} />,
  },
  {
    id: 'feedback_count',
    title: 'Feedback',
    width: '108px',
    align: 'end',
    firstOrder: 'desc',
    hideBelow: 700,
    cell: (row) => <Figure value={row.feedback_count} />,
  },
  {
    id: 'source',
    title: 'Source',
    width: 'minmax(96px, 1fr)',
    firstOrder: 'asc',
    hideBelow: 820,
    cell: (row) => <span className="truncate text-muted">{sourceWords[row.source]}</span>,
  },
  {
    id: 'created_at',
    title: 'First seen',
    width: 'minmax(120px, 1fr)',
    firstOrder: 'desc',
    hideBelow: 940,
    cell: (row) => <RelativeTime at={row.created_at} className="truncate text-muted" />,
  },
];
