import { useCallback } from 'react';
import { useStoreRead } from '#components/runs/use-store-read.ts';
import { attentionWords, refusalWords } from '#components/sellers/attention-words.ts';
import { useSellerActions } from '#components/sellers/seller-actions.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { count } from '#components/ui/format.ts';
import type { StoreReader } from '#lib/store/reader.ts';
import type { Seller } from '#lib/tables/sellers.ts';

/** So many are named; the dialog has all. */
const MOST = 3;

/** Changes of a seller that the server did not accept: what, why, and the way to deal with them. */
export function SellerRefusals({ seller: { no, display_name } }: { seller: Seller }) {
  const { review } = useSellerActions();
  const read = useCallback(
    async (reader: StoreReader) =>
      (await reader.attention()).filter(
        ({ table, targets }) => table === 'sellers' && targets.some((target) => target.no === no),
      ),
    [no],
  );
  const { value: refused } = useStoreRead(read, true);
  if (refused === null || refused.length === 0) return null;
  const further = refused.length - MOST;
  return (
    <section aria-label="Not accepted" className="grid gap-2 rounded-md border border-line px-3 py-2.5 text-[13px]">
      <ul className="grid gap-2">
        {refused.slice(0, MOST).map((entry) => {
          const isConflict = entry.error.code === 'conflict';
          return (
            <li key={entry.id}>
              <p className="flex items-start gap-2">
                <span className="line-clamp-2 min-w-0 flex-1 font-medium wrap-anywhere">
                  {attentionWords(entry, entry.targets.length === 1 ? display_name : undefined)}
                </span>
                <Badge tone={isConflict ? 'warning' : 'danger'}>{isConflict ? 'conflict' : 'error'}</Badge>
              </p>
              <p className="wrap-anywhere text-muted">{refusalWords(entry)}</p>
            </li>
          );
        })}
      </ul>
      {further > 0 && <p className="text-muted">and {count(further, 'further change')}</p>}
      <div>
        <Button size="sm" onClick={review}>
          Review
        </Button>
      </div>
    </section>
  );
}
