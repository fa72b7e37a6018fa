import { useEffect, useState } from 'react';
import { entriesReaderOf } from '#components/history/read-entries.ts';
import { errorWords } from '#components/shell/error-words.ts';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import type { StoreReader } from '#lib/store/reader.ts';
import type { Activity } from '#lib/tables/activity.ts';

/** Pages of the audit trail that are looked through, and lines that are shown. */
const PAGES = 8;
const LINES = 20;

/** What was done to the seller lately, by whom, from the local data. An entry names its first 100 sellers. */
export function SellerActivity({ reader, id }: { reader: StoreReader; id: string }) {
  const [read, setRead] = useState<{ id: string; entries: readonly Activity[] }>();
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    let closed = false;
    const load = async () => {
      try {
        const { entries } = await entriesReaderOf(reader)(PAGES);
        const mine = entries.filter((entry) => entry.record_ids.includes(id)).slice(0, LINES);
        if (!closed) setRead({ id, entries: mine });
      } catch (thrown) {
        if (!closed) setFailure(errorWords(thrown));
      }
    };
    void load();
    const stop = reader.onChange(({ base }) => {
      if (base) void load();
    });
    return () => {
      closed = true;
      stop();
    };
  }, [reader, id]);
  if (failure !== null) return <p className="text-[13px] text-danger">{failure}</p>;
  if (read?.id !== id) return <Skeleton className="my-2 w-40" />;
  if (read.entries.length === 0) return <p className="text-[13px] text-muted">Nobody has changed it lately.</p>;
  return (
    <ul className="text-[13px]">
      {read.entries.map((entry) => (
        <li key={entry.id} className="py-1">
          <p className="line-clamp-2 wrap-anywhere">{entry.summary}</p>
          <p className="text-[12px] leading-4 text-muted">
            {entry.actor_name} · <RelativeTime at={entry.created_at} />
          </p>
        </li>
      ))}
    </ul>
  );
}
