import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { routeHash } from '#components/shell/route.ts';
import { Badge } from '#components/ui/badge.tsx';
import { cn } from '#components/ui/cn.ts';
import { Flag, ListChecks, Pencil, Plus, Trash2 } from '#components/ui/icons.ts';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import type { TimelineItem, Topic } from './timeline.ts';
import type { Line } from './use-timeline.ts';

interface HistoryListProps {
  lines: readonly Line[];
  /** Key of the one whose details are open. */
  opened: string | null;
  /** Asked for when the end comes into view; null: there is no more. */
  onEnd: (() => void) | null;
}

const ROW_PX = 44;
const NEAR_END = 30;
const icons: Record<Topic, typeof Flag> = {
  runs: ListChecks,
  added: Plus,
  changed: Pencil,
  flags: Flag,
  deleted: Trash2,
};

/** The lines of the history; of many thousands those in view are drawn. */
export function HistoryList({ lines, opened, onEnd }: HistoryListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => lines[index]?.item.key ?? index,
    overscan: 10,
  });
  const drawn = rows.getVirtualItems();
  const last = drawn.at(-1)?.index ?? 0;
  const nearEnd = last >= lines.length - NEAR_END;
  useEffect(() => {
    if (nearEnd) onEnd?.();
  }, [nearEnd, onEnd, lines]);
  return (
    <div ref={scroller} className="relative min-h-0 flex-1 overflow-auto">
      <ul
        aria-label="History"
        className="relative"
        style={{ height: rows.getTotalSize() }}
        onKeyDown={(event) => moveFocus(event, rows.scrollToIndex)}
      >
        {drawn.map(({ index, key, start }) => {
          const line = lines[index];
          return (
            line !== undefined && (
              <li
                key={key}
                aria-setsize={lines.length}
                aria-posinset={index + 1}
                className="absolute inset-x-0 border-b border-line"
                style={{ height: ROW_PX, transform: `translateY(${start}px)` }}
              >
                <HistoryLine line={line} index={index} open={line.item.key === opened} />
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}

function HistoryLine({ line: { item, words }, index, open }: { line: Line; index: number; open: boolean }) {
  const Icon = icons[item.topic];
  const content = (
    <>
      <Icon aria-hidden="true" className={cn('size-4 shrink-0', item.kind === 'run' ? 'text-accent' : 'text-muted')} />
      <span className="min-w-0 flex-1 leading-[18px]">
        <span className={cn('block truncate', item.kind === 'run' && 'font-medium')} title={words[0]}>
          {words[0]}
        </span>
        <span className="block truncate text-[12px] text-muted" title={words[1]}>
          {words[1]}
        </span>
      </span>
      {item.kind === 'waiting' && <Badge title="Saved in this browser, waiting to reach the server">waiting</Badge>}
      <RelativeTime at={item.at} className="shrink-0 text-[12px] text-muted" />
    </>
  );
  const address = addressOf(item);
  const className = 'flex h-full items-center gap-3 px-3 text-[13px]';
  if (address === null) return <div className={className}>{content}</div>;
  return (
    <a
      href={address}
      data-index={index}
      aria-current={open ? 'true' : undefined}
      className={cn(className, 'outline-offset-[-2px] hover:bg-hover', open && 'bg-selected')}
    >
      {content}
    </a>
  );
}

/** What is not sent has nothing more to show yet. */
function addressOf(item: TimelineItem): string | null {
  if (item.kind === 'waiting') return null;
  return routeHash('runs', { view: 'history', [item.kind === 'run' ? 'run' : 'entry']: item.key });
}

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** Arrow keys go from line to line. */
function moveFocus(event: KeyboardEvent<HTMLElement>, scrollTo: (index: number) => void): void {
  const step = steps[event.key];
  const at = Number((event.target as HTMLElement).dataset['index']);
  if (step === undefined || Number.isNaN(at)) return;
  event.preventDefault();
  scrollTo(Math.max(0, at + step));
  for (let index = at + step; Math.abs(index - at) < NEAR_END; index += step) {
    const line = event.currentTarget.querySelector<HTMLElement>(`[data-index="${index}"]`);
    if (line === null) continue;
    line.focus();
    return;
  }
}
