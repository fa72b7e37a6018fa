import { Pencil } from 'lucide-react';
import type { SellerRow } from '#lib/query/query.ts';
import { NameEditor } from './name-editor.tsx';
import { useSellerActions } from './seller-actions.ts';

/** The seller's page on eBay. The name is untrusted text, so it is encoded whole. */
export function sellerAddress(name: string): string {
  return `https://www.ebay.com/usr/${encodeURIComponent(name)}`;
}

export function NameCell({ row, tabIndex }: { row: SellerRow; tabIndex: -1 }) {
  const { editing, startEdit } = useSellerActions();
  if (editing === row.no) return <NameEditor row={row} />;
  return (
    <span className="relative flex h-full min-w-0 flex-1 items-center" onDoubleClick={() => startEdit(row)}>
      <a
        href={sellerAddress(row.display_name)}
        target="_blank"
        rel="noopener noreferrer"
        tabIndex={tabIndex}
        className="min-w-0 truncate font-medium text-foreground hover:text-accent hover:underline"
      >
        <bdi>{row.display_name}</bdi>
      </a>
      <button
        type="button"
        tabIndex={tabIndex}
        aria-label={`Edit ${row.display_name}`}
        title="Edit name (E)"
        onClick={() => startEdit(row)}
        className="absolute right-0 grid size-6 place-items-center rounded-md bg-hover text-muted opacity-0 group-hover/row:opacity-100 hover:text-foreground focus-visible:opacity-100"
      >
        <Pencil aria-hidden="true" className="size-3.5" />
      </button>
    </span>
  );
}
