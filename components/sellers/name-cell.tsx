import type { ReactNode } from 'react';
import { withKeys } from '#components/shortcuts/key-words.ts';
import { cn } from '#components/ui/cn.ts';
import { RowIcon } from '#components/ui/row-icon.tsx';
import type { SellerRow } from '#lib/query/query.ts';
import { Highlighted } from './highlighted.tsx';
import { NameEditor } from './name-editor.tsx';
import { useSellerActions } from './seller-actions.ts';

/** The seller's page on eBay. The name is untrusted text, so it is encoded whole. */
export function sellerAddress(name: string): string {
  return `https://www.ebay.com/usr/${encodeURIComponent(name)}`;
}

export function NameCell({ row, tabIndex }: { row: SellerRow; tabIndex: -1 }) {
  const { edited, startEdit, open } = useSellerActions();
  const field = { no: row.no, in: 'row' } as const;
  if (edited?.no === row.no && edited.in === 'row') return <NameEditor row={row} field={field} />;
  return (
    <span
      data-hover="name"
      className="relative flex h-full min-w-0 flex-1 items-center"
      onDoubleClick={() => startEdit(field)}
    >
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
      <span className="absolute right-0 flex rounded-md bg-hover opacity-0 group-hover/row:opacity-100 focus-within:opacity-100 pointer-coarse:static pointer-coarse:ml-auto pointer-coarse:bg-transparent pointer-coarse:opacity-100">
        <RowButton
          label={`Edit ${row.display_name}`}
          title={withKeys('Edit name', 'edit')}
          tabIndex={tabIndex}
          onClick={() => startEdit(field)}
          className="max-sm:hidden"
        >
          <RowIcon shape="pencil" className="size-3.5" />
        </RowButton>
        <RowButton
          label={`Open ${row.display_name}`}
          title={withKeys('Open details', 'open')}
          tabIndex={tabIndex}
          onClick={() => open(row)}
        >
          <RowIcon shape="panel" className="size-3.5" />
        </RowButton>
      </span>
    </span>
  );
}

function RowButton(props: {
  label: string;
  title: string;
  tabIndex: -1;
  onClick: () => void;
  className?: string;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      tabIndex={props.tabIndex}
      aria-label={props.label}
      title={props.title}
      onClick={props.onClick}
      className={cn(
        'grid size-6 shrink-0 place-items-center rounded-md text-muted hover:bg-line/60 hover:text-foreground',
        props.className,
      )}
    >
      {props.children}
    </button>
  );
}
