import { withKeys } from '#components/shortcuts/key-words.ts';
import { cn } from '#components/ui/cn.ts';
import { RowIcon } from '#components/ui/row-icon.tsx';
import type { SellerRow } from '#lib/query/query.ts';
import { useSellerActions } from './seller-actions.ts';

export function FlagButton({ row, tabIndex }: { row: SellerRow; tabIndex: -1 }) {
  const { setFlag } = useSellerActions();
  return (
    <button
      type="button"
      tabIndex={tabIndex}
      aria-pressed={row.flagged}
      aria-label={`${row.flagged ? 'Unflag' : 'Flag'} ${row.display_name}`}
      title={withKeys(row.flagged ? 'Unflag' : 'Flag', 'flag')}
      onClick={() => setFlag(row, !row.flagged)}
      className={cn(
        'grid size-7 place-items-center rounded-md hover:bg-line/60',
        row.flagged ? 'text-flag' : 'text-muted opacity-70 group-hover/row:opacity-100 focus-visible:opacity-100',
      )}
    >
      <RowIcon shape="flag" isFilled={row.flagged} className="size-4" />
    </button>
  );
}
