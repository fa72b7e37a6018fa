import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useId, useMemo, useState } from 'react';
import { errorWords } from '#components/shell/error-words.ts';
import { useWorkspace } from '#components/shell/session.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Tabs } from '#components/ui/tabs.tsx';
import { estimateQuery } from '#lib/api/collection-queries.ts';
import { MAX_PRODUCTS } from '#lib/domain/max-products.ts';
import { parseProductList } from '#lib/domain/product-list.ts';
import type { EstimateAnswer, RunRequest } from '#lib/protocol/collection.ts';
import { CategoryPicker } from './category-picker.tsx';
import { EstimatePanel } from './estimate-panel.tsx';
import { ProductListInput } from './product-list-input.tsx';
import { draftRequest, type RunDraft } from './run-draft.ts';
import { SourceSelects } from './source-selects.tsx';
import { useDebounced } from './use-debounced.ts';
import { useStartRun } from './use-start-run.ts';

interface CollectDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function CollectDialog({ open, onOpenChange }: CollectDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Collect sellers"
      description="A run looks up best-selling products and searches eBay for who sells them."
      className="h-[680px] max-w-2xl"
    >
      <CollectForm onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

/** Lives while the dialog is open, so that every opening starts with nothing chosen. */
function CollectForm({ onDone }: { onDone: () => void }) {
  const [choice, setChoice] = useState<Omit<RunDraft, 'list'>>({
    from: 'categories',
    categories: new Set(),
    productSource: null,
    sellerSource: null,
  });
  const [text, setText] = useState('');
  const deferredText = useDeferredValue(text);
  const list = useMemo(() => parseProductList(deferredText), [deferredText]);
  const draft: RunDraft = { ...choice, list };
  const request = useMemo(() => draftRequest({ ...choice, list }), [choice, list]);
  const change = (part: Partial<typeof choice>) => setChoice((before) => ({ ...before, ...part }));
  return (
    <div className="flex h-full min-h-0 flex-col gap-3">
      <Tabs
        label="Products"
        value={choice.from}
        onValueChange={(from) => change({ from })}
        className="flex-1"
        tabs={[
          {
            value: 'categories',
            label: 'Categories',
            content: <CategoryPicker selected={choice.categories} onSelect={(categories) => change({ categories })} />,
          },
          { value: 'list', label: 'My list', content: <ProductListInput text={text} onText={setText} list={list} /> },
        ]}
      />
      <SourceSelects
        draft={draft}
        onProduct={(productSource) => change({ productSource })}
        onSeller={(sellerSource) => change({ sellerSource })}
      />
      <StartRow
        request={request}
        tooMany={choice.from === 'list' && list.products.length > MAX_PRODUCTS}
        onDone={onDone}
      />
    </div>
  );
}

interface StartRowProps {
  /** Null while nothing can be asked for. */
  request: RunRequest | null;
  tooMany: boolean;
  onDone: () => void;
}

function StartRow({ request, tooMany, onDone }: StartRowProps) {
  const { api, connection } = useWorkspace();
  const settled = useDebounced(request, 200);
  const estimate = useQuery({
    ...estimateQuery(connection.store_key, api, settled ?? {}),
    enabled: settled !== null,
    placeholderData: keepPreviousData,
  });
  const start = useStartRun();
  const reasonId = useId();
  const reason = tooMany ? 'Too many products for one run' : whyNot(request, estimate.data);
  const submit = () => {
    if (request === null || reason !== null || start.isPending) return;
    start.mutate(request, { onSuccess: onDone });
  };
  return (
    <>
      <EstimatePanel idle={request === null} estimate={estimate} onRetry={() => void estimate.refetch()} />
      {start.isError && (
        <p role="alert" className="text-danger">
          {errorWords(start.error)}
        </p>
      )}
      <div className="flex items-center justify-end gap-3">
        <span id={reasonId} className="min-w-0 flex-1 text-right text-[13px] text-muted">
          {reason}
        </span>
        <Button onClick={onDone}>Cancel</Button>
        <Button
          variant="primary"
          focusableWhenDisabled
          disabled={reason !== null || start.isPending}
          aria-describedby={reasonId}
          onClick={submit}
        >
          {start.isPending ? 'Starting…' : 'Start'}
        </Button>
      </div>
    </>
  );
}

/** Why a run cannot be started now, or null when it can. */
function whyNot(request: RunRequest | null, estimate: EstimateAnswer | undefined): string | null {
  if (request === null) return 'Nothing chosen yet';
  if (estimate !== undefined && !estimate.budget.allowed) return 'Over the budget cap';
  return null;
}
