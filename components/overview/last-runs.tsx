import { statusWord } from '#components/runs/run-words.ts';
import { routeHash } from '#components/shell/route.ts';
import { Badge } from '#components/ui/badge.tsx';
import { formatNumber } from '#components/ui/format.ts';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import type { CollectionRun } from '#lib/tables/collection-runs.ts';
import { Panel } from './panel.tsx';
import { sellersHash } from './seller-links.ts';

const MOST_RUNS = 8;

/** How the last runs went; what was new leads to the sellers, the rest to the run. */
export function LastRuns({ runs }: { runs: readonly CollectionRun[] }) {
  return (
    <Panel title="Last runs">
      {runs.length === 0 ? (
        <p className="text-muted">
          No runs yet.{' '}
          <a href={routeHash('runs', { collect: '1' })} className="text-accent hover:underline">
            Collect sellers
          </a>
        </p>
      ) : (
        <table className="w-full text-[13px]">
          <thead>
            <tr className="text-left text-[12px] text-muted [&_th]:font-normal">
              <th scope="col">Run</th>
              <th scope="col" className="max-sm:hidden">
                Status
              </th>
              <th scope="col" className="text-right">
                Found
              </th>
              <th scope="col" className="text-right">
                New
              </th>
              <th scope="col" className="pl-3 max-sm:hidden">
                Started
              </th>
            </tr>
          </thead>
          <tbody>
            {runs.slice(0, MOST_RUNS).map((run) => (
              <tr key={run.id} className="h-7">
                <th scope="row" className="max-w-40 truncate text-left font-normal">
                  <LinkTo href={routeHash('runs', { run: run.id })}>{run.name}</LinkTo>
                </th>
                <td className="max-sm:hidden">
                  <Badge tone={statusWord(run).tone}>{statusWord(run).word}</Badge>
                </td>
                <td className="text-right">
                  <LinkTo href={routeHash('runs', { run: run.id })}>{formatNumber(run.sellers_found)}</LinkTo>
                </td>
                <td className="text-right">
                  <LinkTo href={sellersHash([{ column: 'first_seen_run_id', in: [run.id] }])}>
                    {formatNumber(run.sellers_new)}
                  </LinkTo>
                </td>
                <td className="pl-3 whitespace-nowrap text-muted max-sm:hidden">
                  <RelativeTime at={run.started_at ?? run.created_at} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function LinkTo({ href, children }: { href: string; children: string }) {
  return (
    <a href={href} className="hover:text-accent hover:underline">
      {children}
    </a>
  );
}
