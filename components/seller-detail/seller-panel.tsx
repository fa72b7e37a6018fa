import type { ReactNode } from 'react';
import { sellerAddress } from '#components/sellers/name-cell.tsx';
import { NameEditor } from '#components/sellers/name-editor.tsx';
import { useSellerActions } from '#components/sellers/seller-actions.ts';
import { ariaKeys, withKeys } from '#components/shortcuts/key-words.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { cn } from '#components/ui/cn.ts';
import { Ban, ChevronDown, ChevronUp, ExternalLink, Flag, Pencil, Trash2 } from '#components/ui/icons.ts';
import { SidePanel } from '#components/ui/side-panel.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import type { ReadSeller } from '#lib/query/read-seller.ts';
import type { StoreReader } from '#lib/store/reader.ts';
import type { Seller } from '#lib/tables/sellers.ts';
import { NoteEditor } from './note-editor.tsx';
import { SellerActivity } from './seller-activity.tsx';
import { SellerFields } from './seller-fields.tsx';
import { SellerRefusals } from './seller-refusals.tsx';
import { SellerRuns } from './seller-runs.tsx';

interface SellerPanelProps {
  readonly reader: StoreReader;
  /** Undefined while it is being read, null when it is not in the list. */
  readonly read: ReadSeller | null | undefined;
  readonly onStep: (by: 1 | -1) => void;
  readonly onClose: () => void;
}

/** Everything about one seller. */
export function SellerPanel({ reader, read, onStep, onClose }: SellerPanelProps) {
  const title = read === undefined ? 'Seller' : (read?.seller.display_name ?? 'Not in the list');
  const badge = (
    <>
      {read?.waiting === true && <Badge title="Saved in this browser, waiting to reach the server">waiting</Badge>}
      <StepButton words="Previous seller" keys="previous" onClick={() => onStep(-1)}>
        <ChevronUp aria-hidden="true" />
      </StepButton>
      <StepButton words="Next seller" keys="next" onClick={() => onStep(1)}>
        <ChevronDown aria-hidden="true" />
      </StepButton>
    </>
  );
  return (
    <SidePanel title={title} badge={badge} onClose={onClose}>
      <p role="status" className="sr-only">
        {read == null ? '' : title}
      </p>
      {read === undefined ? (
        <Skeleton className="my-2 w-40" />
      ) : read === null ? (
        <p className="text-muted">This seller was deleted, or is not known to this browser.</p>
      ) : (
        <SellerDetails reader={reader} seller={read.seller} />
      )}
    </SidePanel>
  );
}

function StepButton(props: { words: string; keys: 'next' | 'previous'; onClick: () => void; children: ReactNode }) {
  return (
    <Button
      variant="ghost"
      size="icon"
      aria-label={props.words}
      title={withKeys(props.words, props.keys)}
      aria-keyshortcuts={ariaKeys(props.keys)}
      onClick={props.onClick}
    >
      {props.children}
    </Button>
  );
}

function SellerDetails({ reader, seller }: { reader: StoreReader; seller: Seller }) {
  const actions = useSellerActions();
  const editing = actions.edited?.no === seller.no ? actions.edited.in : null;
  const name = { no: seller.no, in: 'name' } as const;
  const note = { no: seller.no, in: 'note' } as const;
  return (
    <div className="grid grid-cols-1 gap-5">
      <SellerRefusals key={seller.no} seller={seller} />
      {editing === 'name' && <NameEditor key={seller.no} row={seller} field={name} />}
      <div className="flex flex-wrap gap-1">
        <Button
          size="sm"
          aria-pressed={seller.flagged}
          title={withKeys(seller.flagged ? 'Unflag' : 'Flag', 'flag')}
          aria-keyshortcuts={ariaKeys('flag')}
          onClick={() => actions.setFlag(seller, !seller.flagged)}
        >
          <Flag aria-hidden="true" className={cn(seller.flagged && 'fill-current text-flag')} />
          {seller.flagged ? 'Flagged' : 'Flag'}
        </Button>
        <Button
          size="sm"
          title={withKeys('Edit name', 'edit')}
          aria-keyshortcuts={ariaKeys('edit')}
          onClick={() => actions.startEdit(name)}
        >
          <Pencil aria-hidden="true" />
          Edit name
        </Button>
        <Button
          size="sm"
          nativeButton={false}
          render={
            <a
              href={sellerAddress(seller.display_name)}
              target="_blank"
              rel="noopener noreferrer"
              aria-label="Open on eBay"
            />
          }
        >
          <ExternalLink aria-hidden="true" />
          eBay
        </Button>
      </div>
      <Part title="Note">
        {editing === 'note' ? (
          <NoteEditor key={seller.no} seller={seller} onClose={() => actions.endEdit(note)} />
        ) : (
          <div className="flex items-start gap-2">
            <p
              className={cn(
                'min-w-0 flex-1 text-[13px] wrap-anywhere whitespace-pre-wrap',
                seller.note === null && 'text-muted',
              )}
            >
              {seller.note ?? 'None yet.'}
            </p>
            <Button
              size="sm"
              title={withKeys('Edit note', 'note')}
              aria-keyshortcuts={ariaKeys('note')}
              onClick={() => actions.startEdit(note)}
            >
              {seller.note === null ? 'Add note' : 'Edit note'}
            </Button>
          </div>
        )}
      </Part>
      <Part title="Fields">
        <SellerFields seller={seller} />
      </Part>
      <Part title="Runs that saw it">
        <SellerRuns seller={seller} />
      </Part>
      <Part title="What happened">
        <SellerActivity reader={reader} id={seller.id} />
      </Part>
      <div className="flex flex-wrap gap-1 border-t border-line pt-3">
        <Button
          size="sm"
          title={withKeys('Delete', 'delete')}
          aria-keyshortcuts={ariaKeys('delete')}
          onClick={() => actions.remove(seller, false)}
        >
          <Trash2 aria-hidden="true" />
          Delete
        </Button>
        <Button size="sm" title="Delete it, and have runs pass it over" onClick={() => actions.remove(seller, true)}>
          <Ban aria-hidden="true" />
          Delete and never collect again
        </Button>
      </div>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className="mb-1.5 text-[12px] leading-4 text-muted">{title}</h3>
      {children}
    </section>
  );
}
