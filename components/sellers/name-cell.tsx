import { Pencil } from 'lucide-react';
import type { SellerRow } from '#lib/query/query.ts';
import { Highlighted } from './highlighted.tsx';
import { NameEditor } from './name-editor.tsx';
import { useSellerActions } from './seller-actions.ts';

/** The seller's page on eBay. The name is untrusted text, so it is encoded whole. */
export function sellerAddress(name: string): string {
  return `https://www.ebay.com/usr/${encodeURIComponent(name)}`;
}

export function NameCell({ row, tabIndex }: { row: SellerRow; tabIndex: 0 | -1 }) {
  const { editing, startEdit } = useSellerActions();
  if (editing === row.no) return <NameEditor row={row} />;
  return (
    <span className="flex h-full min-w-0 flex-1 items-center gap-1" onDoubleClick={() => startEdit(row)}>
      <a
        href={sellerAddress(row.display_name)}
        target="_blank"
        rel="noopener noreferrer"
        tabIndex={tabIndex}
        className="min-w-0 truncate font-medium text-foreground hover:text-accent hover:underline"
      >
        <bdi>
          <Highlighted text={row.display_name} />
        </bdi>
      </a>
      <button
        type="button"
        tabIndex={tabIndex}
        aria-label={`Edit ${row.display_name}`}
        title="Edit name (E)"
        onClick={() => startEdit(row)}
        className="grid size-6 shrink-0 place-items-center rounded-md text-muted opacity-0 group-hover/row:opacity-100 hover:bg-line/60 hover:text-foreground focus-visible:opacity-100"
      >
        <Pencil aria-hidden="true" className="size-3.5" />
      </button>
    </span>
  );
}
