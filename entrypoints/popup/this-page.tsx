import { useEffect, useState } from 'react';
import { toast } from 'sonner';
import { Button } from '#components/ui/button.tsx';
import { count, formatNumber } from '#components/ui/format.ts';
import { changePage, type PageSummary, pageSummary } from '#lib/platform/page-of-tab.ts';

/** What is on the eBay page behind the popup; absent on every other page. */
export function ThisPage() {
  const [summary, setSummary] = useState<PageSummary | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    let stopped = false;
    void pageSummary().then((found) => {
      if (!stopped) setSummary(found);
    });
    return () => {
      stopped = true;
    };
  }, []);
  if (summary === null || summary.sellers === 0) return null;

  const change = async (action: 'add' | 'flag') => {
    setBusy(true);
    const done = await changePage(action);
    setBusy(false);
    if (!done) toast.error('The page did not answer. Reload it and try again.');
    setSummary(await pageSummary());
  };
  return (
    <section aria-label="This page" className="flex shrink-0 items-center gap-2 border-t border-line px-3 py-2">
      <div className="min-w-0 flex-1">
        <h2 className="text-[12px] leading-4 text-muted">On this page</h2>
        <p className="truncate">
          {count(summary.sellers, 'seller')}, {formatNumber(summary.new)} new
        </p>
      </div>
      <Button size="sm" disabled={busy || summary.new === 0} onClick={() => void change('add')}>
        Add all
      </Button>
      <Button size="sm" disabled={busy} onClick={() => void change('flag')}>
        Flag all
      </Button>
    </section>
  );
}
