import { BarTable } from '#components/ui/bar-table.tsx';
import type { SellerRow } from '#lib/query/query.ts';
import { Panel } from './panel.tsx';
import { sellersHash } from './seller-links.ts';

/** Those that turn up again and again. */
export function TopSellers({ sellers }: { sellers: readonly SellerRow[] }) {
  return (
    <Panel title="Top repeat sellers">
      {sellers.length === 0 ? (
        <p className="text-muted">No seller was seen in more than one run yet.</p>
      ) : (
        <>
          <BarTable
            title="Runs that saw them"
            bars={sellers.map(({ no, display_name, times_seen }) => ({
              key: String(no),
              name: display_name,
              value: times_seen,
              fill: 'bg-accent',
              href: sellersHash([{ column: 'display_name', match: 'exact', text: display_name }]),
            }))}
          />
          <a
            href={sellersHash([{ column: 'times_seen', from: 2 }], [{ column: 'times_seen', order: 'desc' }])}
            className="mt-2 inline-block text-[13px] text-accent hover:underline"
          >
            All that were seen more than once
          </a>
        </>
      )}
    </Panel>
  );
}
