import { useDeferredValue, useMemo, useState } from 'react';
import { navigate, useRoute } from '#components/shell/route.ts';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { count } from '#components/ui/format.ts';
import { History as HistoryIcon, Search } from '#components/ui/icons.ts';
import { Input } from '#components/ui/input.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { Toggle } from '#components/ui/toggle.tsx';
import { ChangePanel } from './change-panel.tsx';
import { HistoryList } from './history-list.tsx';
import { type Filter, type Topic, topics } from './timeline.ts';
import { useTimeline } from './use-timeline.ts';

const topicNames: Record<Topic, string> = {
  runs: 'Runs',
  added: 'Added',
  changed: 'Changed',
  flags: 'Flags',
  deleted: 'Deleted',
};
const everything: Filter = { topic: null, mine: false, search: '' };

/** Runs and changes of sellers in one row, from the local data alone. */
export function HistoryView() {
  const [filter, setFilter] = useState(everything);
  const deferred = useDeferredValue(filter);
  const state = useTimeline(deferred);
  const { params } = useRoute();
  const opened = params.get('entry') ?? params.get('run');
  const entry = params.get('entry');
  const isFiltered = useMemo(() => JSON.stringify(filter) !== JSON.stringify(everything), [filter]);
  const change = (part: Partial<Filter>) => setFilter((before) => ({ ...before, ...part }));
  return (
    <div className="flex h-full min-h-0">
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-3 py-2">
          <div className="relative w-full sm:w-56">
            <Search aria-hidden="true" className="absolute top-2 left-2.5 size-4 text-muted" />
            <Input
              type="search"
              aria-label="Search history"
              placeholder="Search history"
              autoComplete="off"
              className="pl-8"
              value={filter.search}
              onChange={(event) => change({ search: event.currentTarget.value })}
            />
          </div>
          <div role="group" aria-label="Show" className="flex flex-wrap items-center gap-1">
            {topics.map((topic) => (
              <Toggle
                key={topic}
                className="max-sm:px-1.5"
                pressed={filter.topic === topic}
                onPressedChange={(pressed) => change({ topic: pressed ? topic : null })}
              >
                {topicNames[topic]}
              </Toggle>
            ))}
            <Toggle
              className="max-sm:px-1.5 sm:ml-2"
              pressed={filter.mine}
              onPressedChange={(mine) => change({ mine })}
              aria-label="Only mine"
            >
              Mine
            </Toggle>
          </div>
          <p role="status" className="ml-auto text-[13px] text-muted max-sm:sr-only">
            {state.lines !== null && count(state.lines.length, 'entry', 'entries') + (state.hasMore ? ' so far' : '')}
          </p>
        </div>
        <Body state={state} opened={opened} isFiltered={isFiltered} onClear={() => setFilter(everything)} />
      </div>
      {entry !== null && <ChangePanel key={entry} id={entry} onClose={() => navigate('runs', { view: 'history' })} />}
    </div>
  );
}

interface BodyProps {
  state: ReturnType<typeof useTimeline>;
  opened: string | null;
  isFiltered: boolean;
  onClear: () => void;
}

function Body({ state, opened, isFiltered, onClear }: BodyProps) {
  const { lines, error, retry } = state;
  if (error !== null && lines === null) {
    return (
      <div role="alert" className="flex items-center gap-3 px-3 py-4 text-danger">
        <span className="min-w-0 flex-1">{error.message}</span>
        <Button size="sm" onClick={retry}>
          Try again
        </Button>
      </div>
    );
  }
  if (lines === null) {
    return (
      <div className="grid gap-6 p-4">
        {[0, 1, 2, 3, 4].map((at) => (
          <Skeleton key={at} className="w-2/3" />
        ))}
      </div>
    );
  }
  if (lines.length > 0) return <HistoryList lines={lines} opened={opened} onEnd={state.hasMore ? state.more : null} />;
  if (state.hasMore) return <p className="p-4 text-muted">Looking further back…</p>;
  if (isFiltered) {
    return (
      <EmptyState
        icon={<HistoryIcon />}
        title="Nothing like that"
        actions={<Button onClick={onClear}>Show all</Button>}
      >
        No run and no change matches the search and the filters.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={<HistoryIcon />} title="Nothing has happened yet">
      Runs, and every change that somebody makes to a seller, are kept here.
    </EmptyState>
  );
}
