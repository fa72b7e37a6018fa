import { type ComponentProps, useDeferredValue, useMemo, useState } from 'react';
import { Dialog } from '#components/ui/dialog.tsx';
import { Tabs } from '#components/ui/tabs.tsx';
import { parseProductList } from '#lib/domain/product-list.ts';
import { CategoryPicker } from './category-picker.tsx';
import { PresetBar } from './preset-bar.tsx';
import { ProductListInput } from './product-list-input.tsx';
import { draftRequest, type RunDraft } from './run-draft.ts';
import { RunSettingsPart } from './run-settings-part.tsx';
import { SourceSelects } from './source-selects.tsx';
import { StartRow } from './start-row.tsx';
import { useRunChoice } from './use-run-choice.ts';

interface CollectDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onStarted: () => void;
}

export function CollectDialog({ open, onOpenChange, onStarted }: CollectDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Collect sellers"
      description="A run looks up best-selling products and searches eBay for who sells them."
      className="h-[780px] max-w-2xl"
    >
      <CollectForm onDone={() => onOpenChange(false)} onStarted={onStarted} />
    </Dialog>
  );
}

/** Lives while the dialog is open, so that every opening starts with nothing chosen. */
function CollectForm({ onDone, onStarted }: Pick<ComponentProps<typeof StartRow>, 'onDone' | 'onStarted'>) {
  const { choice, missing, setChoice, change } = useRunChoice();
  const [text, setText] = useState('');
  const deferredText = useDeferredValue(text);
  const list = useMemo(() => parseProductList(deferredText), [deferredText]);
  const draft: RunDraft = { ...choice, list };
  const chosen = useMemo(() => draftRequest({ ...choice, list }), [choice, list]);
  return (
    <div className="flex flex-col gap-3 sm:h-full">
      <PresetBar choice={choice} missing={missing} onChoice={setChoice} />
      {/* The settings, once opened, take the room that they need; what is above keeps enough to work in. */}
      <div className="flex min-h-0 flex-1 flex-col gap-2 sm:min-h-52 sm:overflow-auto">
        <Tabs
          label="Products"
          value={choice.from}
          onValueChange={(from) => change({ from })}
          className="max-sm:h-[420px] sm:min-h-72 sm:flex-1"
          tabs={[
            {
              value: 'categories',
              label: 'Categories',
              content: (
                <CategoryPicker selected={choice.categories} onSelect={(categories) => change({ categories })} />
              ),
            },
            { value: 'list', label: 'My list', content: <ProductListInput text={text} onText={setText} list={list} /> },
          ]}
        />
        <SourceSelects
          draft={draft}
          onProduct={(productSource) => change({ productSource })}
          onSeller={(sellerSource) => change({ sellerSource })}
        />
        <div className="px-1 pb-1">
          <RunSettingsPart draft={choice.settings} onDraft={(settings) => change({ settings })} />
        </div>
      </div>
      <StartRow draft={draft} chosen={chosen} missing={missing} onDone={onDone} onStarted={onStarted} />
    </div>
  );
}
