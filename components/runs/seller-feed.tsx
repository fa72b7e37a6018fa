import { Badge } from '#components/ui/badge.tsx';
import { cn } from '#components/ui/cn.ts';
import { formatNumber, formatPercent } from '#components/ui/format.ts';
import { Flag } from '#components/ui/icons.ts';
import { useFoundSellers } from './use-found-sellers.ts';

/** The last sellers found, newest first; the only part of the popup that scrolls. */
export function SellerFeed({ runId, className }: { runId: string; className?: string | undefined }) {
  const sellers = useFoundSellers(runId);
  if (sellers.length === 0) return <p className={cn('text-[13px] text-muted', className)}>No sellers found yet.</p>;
  return (
    <ul
      aria-label="Last sellers found"
      tabIndex={0}
      className={cn('overflow-auto rounded-md border border-line text-[13px]', className)}
    >
      {sellers.map((seller) => (
        <li key={seller.id} className="flex h-7 items-center gap-2 border-b border-line px-2 last:border-b-0">
          <span className="min-w-0 flex-1 truncate">{seller.display_name}</span>
          {seller.flagged && (
            <Badge tone="flag">
              <Flag aria-hidden="true" />
              flagged
            </Badge>
          )}
          {seller.feedback_count !== null && (
            <span className="text-muted">
              {seller.feedback_percent !== null && `${formatPercent(seller.feedback_percent)} % · `}
              {formatNumber(seller.feedback_count)}
            </span>
          )}
          <span
            className={cn(
              'w-10 shrink-0 text-right',
              seller.first_seen_run_id === runId ? 'font-medium text-accent' : 'text-muted',
            )}
          >
            {seller.first_seen_run_id === runId ? 'new' : 'known'}
          </span>
        </li>
      ))}
    </ul>
  );
}
