import { Badge } from '#components/ui/badge.tsx';
import type { SellerRow } from '#lib/query/query.ts';
import { useSellerActions } from './seller-actions.ts';

/** Nothing to see when all is well. */
export function SyncBadge({ row, tabIndex }: { row: SellerRow; tabIndex: -1 }) {
  const { review } = useSellerActions();
  if (row.sync === 'synced') return <span className="sr-only">synced</span>;
  if (row.sync === 'waiting') return <Badge title="Saved in this browser, waiting to reach the server">waiting</Badge>;
  return (
    <button
      type="button"
      tabIndex={tabIndex}
      aria-label={`error: review the change of ${row.display_name}`}
      title="The server did not accept a change of this seller. Review it."
      onClick={review}
      className="rounded-sm"
    >
      <Badge tone="danger">error</Badge>
    </button>
  );
}
