import { Badge } from '#components/ui/badge.tsx';
import type { SellerRow } from '#lib/query/query.ts';
import { useSellerActions } from './seller-actions.ts';

/** Nothing to see when all is well. */
export function SyncBadge({ row, tabIndex }: { row: SellerRow; tabIndex: -1 }) {
  const { review } = useSellerActions();
  if (row.sync === 'synced') return <span className="sr-only">synced</span>;
  if (row.sync === 'waiting') return <Badge title="Saved in this browser, waiting to reach the server">waiting</Badge>;
  const isConflict = row.sync === 'conflict';
  return (
    <button
      type="button"
      tabIndex={tabIndex}
      aria-label={`${row.sync}: review the change of ${row.display_name}`}
      title={
        isConflict
          ? 'A colleague changed the same of this seller meanwhile. Review it.'
          : 'The server did not accept a change of this seller. Review it.'
      }
      onClick={review}
      className="rounded-sm"
    >
      <Badge tone={isConflict ? 'warning' : 'danger'}>{row.sync}</Badge>
    </button>
  );
}
