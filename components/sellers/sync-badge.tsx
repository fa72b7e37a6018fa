import { Badge } from '#components/ui/badge.tsx';
import type { SellerRow } from '#lib/query/query.ts';

const titles = {
  waiting: 'Saved in this browser, waiting to reach the server',
  error: 'The server did not accept a change of this seller. Open Needs attention.',
};

/** Nothing to see when all is well. */
export function SyncBadge({ sync }: Pick<SellerRow, 'sync'>) {
  if (sync === 'synced') return <span className="sr-only">synced</span>;
  return (
    <Badge tone={sync === 'error' ? 'danger' : 'neutral'} title={titles[sync]}>
      {sync}
    </Badge>
  );
}
