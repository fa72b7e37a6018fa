import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useWorkspace } from '#components/shell/session.ts';
import { Select, type SelectOption } from '#components/ui/select.tsx';
import { sourcesQuery } from '#lib/api/collection-queries.ts';
import type { SourcesAnswer } from '#lib/protocol/collection.ts';
import type { RunChoice } from './run-draft.ts';
import { noteSources, sourceWords } from './sources-note.ts';

interface SourceSelectsProps {
  draft: Pick<RunChoice, 'from' | 'productSource' | 'sellerSource'>;
  onProduct: (id: string) => void;
  onSeller: (id: string) => void;
}

/** Where products and sellers come from. Hidden while there is nothing to choose between. */
export function SourceSelects({ draft, onProduct, onSeller }: SourceSelectsProps) {
  const { api, connection } = useWorkspace();
  const { data } = useQuery(sourcesQuery(connection.store_key, api));
  useEffect(() => {
    if (data !== undefined) noteSources(connection.store_key, data);
  }, [data, connection.store_key]);
  if (data === undefined) return null;
  const products = options(data.product.filter(({ id }) => id !== 'list'));
  const sellers = options(data.seller);
  if (!data.seller.some(({ configured }) => configured)) {
    return <p className="text-[13px] text-warning">{sourceWords.none}</p>;
  }
  return (
    <div className="grid gap-x-4 gap-y-2 sm:grid-cols-2">
      {draft.from === 'categories' && products.length > 1 && (
        <Labelled label="Products from">
          <Select
            label="Products from"
            value={draft.productSource ?? ''}
            onValueChange={onProduct}
            options={products}
            className="w-full"
          />
        </Labelled>
      )}
      {sellers.length > 1 && (
        <Labelled label="Sellers from">
          <Select label="Sellers from" value={draft.sellerSource ?? ''} onValueChange={onSeller} options={sellers} />
        </Labelled>
      )}
    </div>
  );
}

function Labelled({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="grid min-w-0 gap-1">
      <span aria-hidden="true" className="font-medium">
        {label}
      </span>
      {children}
    </div>
  );
}

function options(sources: SourcesAnswer['product']): SelectOption<string>[] {
  return sources.map(({ id, name, configured }) => ({
    value: id,
    label: configured ? name : `${name} (no keys on the server)`,
    disabled: !configured,
  }));
}
