import { formatNumber, formatPercent } from '#components/ui/format.ts';
import { Flag } from '#components/ui/icons.ts';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import type { GridColumn } from '#components/grid/column.ts';
import type { SellerRow } from '#lib/query/query.ts';
import { FlagButton } from './flag-button.tsx';
import { NameCell } from './name-cell.tsx';
import { sourceWords } from './source-words.ts';
import { NoteCell, PlatformIdCell, RunCell } from './stored-cells.tsx';
import { SyncBadge } from './sync-badge.tsx';

const figure = (value: number | null, format = formatNumber): string | null => (value === null ? null : format(value));

/** Every field of a seller. The name is first and stays in view. */
export const sellerColumns: readonly GridColumn<SellerRow>[] = [
  {
    id: 'display_name',
    title: 'Name',
    width: 160,
    grow: 3,
    firstOrder: 'asc',
    hasEditor: true,
    cell: (row, { tabIndex }) => <NameCell row={row} tabIndex={tabIndex} />,
  },
  {
    id: 'flagged',
    title: 'Flagged',
    hideTitle: true,
    header: () => <Flag aria-hidden="true" className="size-3.5 shrink-0" />,
    width: 56,
    firstOrder: 'desc',
    cell: (row, { tabIndex }) => <FlagButton row={row} tabIndex={tabIndex} />,
  },
  {
    id: 'sync',
    title: 'Sync',
    width: 80,
    cell: (row, { tabIndex }) => <SyncBadge row={row} tabIndex={tabIndex} />,
  },
  {
    id: 'times_seen',
    title: 'Times seen',
    width: 112,
    align: 'end',
    firstOrder: 'desc',
    text: (row) => figure(row.times_seen),
  },
  {
    id: 'feedback_percent',
    title: 'Feedback %',
    width: 116,
    align: 'end',
    firstOrder: 'desc',
    text: (row) => figure(row.feedback_percent, formatPercent),
  },
  {
    id: 'feedback_count',
    title: 'Feedback',
    width: 104,
    align: 'end',
    firstOrder: 'desc',
    text: (row) => figure(row.feedback_count),
  },
  {
    id: 'item_count',
    title: 'Items',
    width: 88,
    align: 'end',
    firstOrder: 'desc',
    text: (row) => figure(row.item_count),
  },
  {
    id: 'platform_id',
    title: 'Platform ID',
    width: 140,
    startsHidden: true,
    cell: (row) => <PlatformIdCell row={row} />,
  },
  {
    id: 'first_seen_run_id',
    title: 'First run',
    width: 180,
    startsHidden: true,
    cell: (row, { tabIndex }) => <RunCell id={row.first_seen_run_id} tabIndex={tabIndex} />,
  },
  {
    id: 'last_seen_run_id',
    title: 'Last run',
    width: 140,
    grow: 3,
    cell: (row, { tabIndex }) => <RunCell id={row.last_seen_run_id} tabIndex={tabIndex} />,
  },
  {
    id: 'source',
    title: 'Source',
    width: 96,
    firstOrder: 'asc',
    isMuted: true,
    text: (row) => sourceWords[row.source],
  },
  {
    id: 'note',
    title: 'Note',
    width: 200,
    startsHidden: true,
    cell: (row) => <NoteCell row={row} />,
  },
  {
    id: 'created_at',
    title: 'Created',
    width: 120,
    firstOrder: 'desc',
    cell: (row) => <RelativeTime at={row.created_at} className="truncate text-muted" />,
  },
  {
    id: 'updated_at',
    title: 'Updated',
    width: 120,
    startsHidden: true,
    firstOrder: 'desc',
    cell: (row) => <RelativeTime at={row.updated_at} className="truncate text-muted" />,
  },
];
