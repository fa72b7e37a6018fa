import { cn } from '#components/ui/cn.ts';
import { formatDuration } from '#components/ui/format.ts';
import { CircleAlert, CircleDashed, Clock, RotateCcw, Search } from '#components/ui/icons.ts';
import type { LiveRun } from '#lib/api/parse-run.ts';
import type { CollectionRun } from '#lib/tables/collection-runs.ts';
import { useKnownLive } from './use-live-run.ts';

type SearchState = NonNullable<LiveRun['extra']>['searches'][number];

const states: Record<SearchState['state'], { word: string; icon: typeof Search; className: string }> = {
  idle: { word: 'Idle', icon: CircleDashed, className: 'text-muted' },
  searching: { word: 'Searching', icon: Search, className: 'text-ebay' },
  waiting: { word: 'Waiting', icon: Clock, className: 'text-warning' },
  retrying: { word: 'Trying again', icon: RotateCcw, className: 'text-warning' },
};

/** What each of the parallel searches does now, and its last error. */
export function SearchCards({ run, now }: { run: CollectionRun; now: number }) {
  const { extra, isBehind } = useKnownLive(run);
  if (extra === null || run.status !== 'running') return null;
  return (
    <ul aria-label="Searches" className={cn('grid grid-cols-1 gap-1.5 sm:grid-cols-2', isBehind && 'opacity-60')}>
      {extra.searches.map((search) => (
        <SearchCard key={search.slot} search={search} now={isBehind ? null : now} />
      ))}
    </ul>
  );
}

/** `now` is null while the server does not answer: nobody knows how long it has gone on. */
function SearchCard({ search, now }: { search: SearchState; now: number | null }) {
  const { word, icon: Icon, className } = states[search.state];
  const { text, isSlow } = timeWords(search, now);
  return (
    <li className="min-w-0 rounded-md border border-line bg-background px-2 py-1.5 text-[13px] leading-[18px]">
      <div className="flex items-center gap-1.5">
        <Icon aria-hidden="true" className={cn('size-3.5 shrink-0', className)} />
        <span className="min-w-0 flex-1 truncate" title={search.query ?? word}>
          {search.query !== null && !isSlow && <span className="sr-only">{`${word} `}</span>}
          {search.query === null ? <span className="text-muted">{word}</span> : search.query}
        </span>
        <span className={cn('shrink-0 text-[12px]', isSlow ? className : 'text-muted')}>{text}</span>
      </div>
      {search.last_error !== null && (
        <p className="mt-0.5 flex items-center gap-1.5 text-[12px] text-warning" title={search.last_error}>
          <CircleAlert aria-hidden="true" className="size-3.5 shrink-0" />
          <span className="truncate">{search.last_error}</span>
        </p>
      )}
    </li>
  );
}

/** How long it has searched; of one that waits how long still, in words: what it is for is on the card all the while. */
function timeWords(search: SearchState, now: number | null): { text: string | null; isSlow: boolean } {
  const { state, query, since, wait_seconds: left } = search;
  if (query !== null && (state === 'waiting' || state === 'retrying')) {
    const word = states[state].word.toLowerCase();
    return {
      text: now === null || left === null || left <= 0 ? word : `${word} ${state === 'retrying' ? 'in ' : ''}${left} s`,
      isSlow: true,
    };
  }
  const ms = now === null || since === null ? 0 : now - Date.parse(since);
  return { text: ms < 1000 ? null : formatDuration(ms), isSlow: false };
}
