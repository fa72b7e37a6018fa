import { useId, useRef, useState } from 'react';
import { errorWords } from '#components/shell/error-words.ts';
import { Button } from '#components/ui/button.tsx';
import { count } from '#components/ui/format.ts';
import { FileUp } from '#components/ui/icons.ts';
import { MAX_PRODUCTS } from '#lib/domain/max-products.ts';
import type { ProductList } from '#lib/domain/product-list.ts';

const problemWords: Record<ProductList['problems'][number]['reason'], string> = {
  no_title: 'has no title and is left out',
  title_too_long: 'has a title of over 500 characters and is left out',
  price_not_understood: 'has a price that could not be read; it is searched without a price band',
};

interface ProductListInputProps {
  text: string;
  onText: (text: string) => void;
  list: ProductList;
}

/** The person's own products: pasted lines, or a file whose products are put into the same field. */
export function ProductListInput({ text, onText, list }: ProductListInputProps) {
  const file = useRef<HTMLInputElement>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [reading, setReading] = useState(false);
  const helpId = useId();
  const read = async (chosen: File) => {
    setRefusal(null);
    setReading(true);
    try {
      const { readProductFile } = await import('#lib/transfer/read-product-file.ts');
      onText(await readProductFile(chosen));
    } catch (thrown) {
      setRefusal(`${chosen.name}: ${errorWords(thrown)}`);
    } finally {
      setReading(false);
    }
  };
  return (
    <div className="flex h-full min-h-0 flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <p id={helpId} className="min-w-0 flex-1 text-muted max-sm:basis-full">
          One product a line as “title, price”, or a CSV or Excel file with the columns title, price, asin.
        </p>
        <input
          ref={file}
          type="file"
          accept=".csv,.txt,.xlsx,text/csv,text/plain,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          hidden
          aria-label="Product list file"
          onChange={(event) => {
            const chosen = event.currentTarget.files?.[0];
            event.currentTarget.value = '';
            if (chosen !== undefined) void read(chosen);
          }}
        />
        <Button size="sm" focusableWhenDisabled disabled={reading} onClick={() => file.current?.click()}>
          <FileUp aria-hidden="true" />
          {reading ? 'Reading…' : 'Choose a file'}
        </Button>
      </div>
      <textarea
        aria-label="Products"
        aria-describedby={helpId}
        spellCheck={false}
        placeholder={'Wireless earbuds with charging case, $24.99\nStainless steel water bottle 32 oz, $18'}
        className="min-h-40 flex-1 resize-none rounded-md border border-line-strong bg-raised p-2.5 font-mono text-[13px] placeholder:text-muted"
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      <div aria-live="polite" className="max-h-24 overflow-auto text-[13px]">
        <span className="text-muted">{count(list.products.length, 'product')}</span>
        {refusal !== null && <p className="text-danger">{refusal}</p>}
        {list.products.length > MAX_PRODUCTS && (
          <p className="text-danger">
            A run takes {count(MAX_PRODUCTS, 'product')} at most. Split the list and start a run for each part.
          </p>
        )}
        {list.problems.slice(0, 20).map(({ line, reason }) => (
          <p key={`${line}${reason}`} className="text-warning">
            Line {line} {problemWords[reason]}.
          </p>
        ))}
        {list.problems.length > 20 && (
          <p className="text-warning">and {count(list.problems.length - 20, 'further line')} like these.</p>
        )}
      </div>
    </div>
  );
}
