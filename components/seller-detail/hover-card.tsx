import { useLayoutEffect, useRef, useState } from 'react';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { count, formatNumber, formatPercent } from '#components/ui/format.ts';
import type { QueryClient } from '#lib/query/query-client.ts';
import type { StoreReader } from '#lib/store/reader.ts';
import { useSeller } from './use-seller.ts';

export interface CardPlace {
  readonly no: number;
  /** The name's place on the screen, pixels of the window. */
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
}

interface HoverCardProps {
  readonly client: QueryClient;
  readonly reader: StoreReader;
  readonly place: CardPlace;
}

const EDGE = 8;

/** The main facts of a seller beside its name. For the pointer alone: everybody has the panel. */
export function HoverCard({ client, reader, place }: HoverCardProps) {
  const read = useSeller(client, reader, place.no);
  const card = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(place.bottom);
  useLayoutEffect(() => {
    const height = card.current?.offsetHeight ?? 0;
    setTop(place.bottom + height + EDGE > innerHeight ? place.top - height : place.bottom);
  }, [place, read]);
  if (read == null) return null;
  const { seller } = read;
  const feedback = [
    ...(seller.feedback_percent === null ? [] : [`${formatPercent(seller.feedback_percent)} %`]),
    ...(seller.feedback_count === null ? [] : [`of ${formatNumber(seller.feedback_count)}`]),
  ].join(' ');
  return (
    <div
      ref={card}
      aria-hidden="true"
      data-hover="card"
      style={{ left: Math.max(EDGE, Math.min(place.left, innerWidth - 288 - EDGE)), top }}
      className="fixed z-20 w-72 rounded-md border border-line bg-raised px-3 py-2.5 text-[13px] shadow-lg"
    >
      <p className="truncate font-semibold">{seller.display_name}</p>
      <p className="text-muted">
        Seen {count(seller.times_seen, 'time')} · added <RelativeTime at={seller.created_at} />
      </p>
      {feedback !== '' && <p>Feedback {feedback}</p>}
      {seller.item_count !== null && <p>{count(seller.item_count, 'item')}</p>}
      {seller.note !== null && (
        <p className="mt-1.5 line-clamp-4 border-t border-line pt-1.5 wrap-anywhere">{seller.note}</p>
      )}
    </div>
  );
}
