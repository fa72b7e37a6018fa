import { skipToken, useQuery } from '@tanstack/react-query';
import { useWorkspace } from '#components/shell/session.ts';
import { cn } from '#components/ui/cn.ts';
import { queryKeys } from '#lib/api/query-keys.ts';
import type { RunLine } from './run-lines.ts';

const tones: Record<RunLine['level'], string> = { info: 'text-muted', warning: 'text-warning', error: 'text-danger' };
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

/** What a run is doing, line by line, as its events tell it; newest first. */
export function RunFeed({ runId }: { runId: string }) {
  const { connection } = useWorkspace();
  const { data: lines = [] } = useQuery<RunLine[]>({
    queryKey: queryKeys(connection.store_key).runActivity(runId),
    queryFn: skipToken,
  });
  if (lines.length === 0)
    return <p className="text-[13px] text-muted">Nothing has been told since this page opened.</p>;
  return (
    <ul
      aria-label="What the run does"
      tabIndex={0}
      className="h-36 overflow-auto rounded-md border border-line bg-background px-2 py-1 text-[13px] leading-5"
    >
      {lines.map((line, at) => (
        <li key={`${line.at}${lines.length - at}`} className={cn('flex gap-3', tones[line.level])}>
          <time dateTime={line.at} className="shrink-0 text-muted">
            {clock.format(Date.parse(line.at))}
          </time>
          <span className="min-w-0 truncate" title={line.text}>
            {line.text}
          </span>
        </li>
      ))}
    </ul>
  );
}
