import type { ReactNode } from 'react';
import { formatNumber, formatPercent } from '#components/ui/format.ts';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { sourceWords } from '#components/sellers/source-words.ts';
import type { Seller } from '#lib/tables/sellers.ts';

const unknown = <span aria-label="not known">–</span>;
const figure = (value: number | null, format = formatNumber): ReactNode => (value === null ? unknown : format(value));

/** What is known of a seller, field by field. */
export function SellerFields({ seller }: { seller: Seller }) {
  const fields: readonly (readonly [string, ReactNode])[] = [
    ['Times seen', formatNumber(seller.times_seen)],
    ['Feedback', figure(seller.feedback_percent, (value) => `${formatPercent(value)} %`)],
    ['Feedback count', figure(seller.feedback_count)],
    ['Items', figure(seller.item_count)],
    ['Source', sourceWords[seller.source]],
    ['Platform ID', seller.platform_id ?? unknown],
    ['Added', <RelativeTime key="added" at={seller.created_at} />],
    ['Changed', <RelativeTime key="changed" at={seller.updated_at} />],
  ];
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-[13px]">
      {fields.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="text-right wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
