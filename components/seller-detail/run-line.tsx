import { routeHash } from '#components/shell/route.ts';
import { RelativeTime } from '#components/ui/relative-time.tsx';

interface RunLineProps {
  /** Before the name. */
  readonly word?: string | undefined;
  readonly run: { readonly id: string; readonly name: string };
  readonly at: number;
}

/** A run, which it leads to, and when. */
export function RunLine({ word, run, at }: RunLineProps) {
  return (
    <li className="flex min-h-7 items-center gap-1.5">
      {word !== undefined && <span className="shrink-0 text-muted">{word}</span>}
      <a href={routeHash('runs', { run: run.id })} className="min-w-0 flex-1 truncate hover:underline">
        {run.name}
      </a>
      <RelativeTime at={at} className="shrink-0 text-muted" />
    </li>
  );
}
