import { cn } from '#components/ui/cn.ts';
import { BookOpenText, ChartNoAxesCombined, Database, ListChecks, Settings, Users } from '#components/ui/icons.ts';
import { type PageName, pages, routeHash } from './route.ts';

export const pageNames: Readonly<Record<PageName, string>> = {
  overview: 'Overview',
  sellers: 'Sellers',
  runs: 'Runs',
  bookkeeping: 'Bookkeeping',
  data: 'Data',
  settings: 'Settings',
};

const icons: Readonly<Record<PageName, typeof Users>> = {
  overview: ChartNoAxesCombined,
  sellers: Users,
  runs: ListChecks,
  bookkeeping: BookOpenText,
  data: Database,
  settings: Settings,
};

/** The pages of the manager: a narrow rail, which becomes a bar at the bottom where width is scarce. */
export function NavRail({ page }: { page: PageName }) {
  return (
    <nav
      aria-label="Main"
      className="order-last flex shrink-0 border-t border-line bg-surface max-sm:p-1 sm:order-first sm:w-24 sm:flex-col sm:gap-1 sm:border-t-0 sm:border-r sm:p-2"
    >
      {pages.map((target) => {
        const Icon = icons[target];
        return (
          <a
            key={target}
            href={routeHash(target)}
            aria-current={target === page ? 'page' : undefined}
            className={cn(
              'flex min-w-0 flex-auto flex-col items-center gap-1 rounded-md px-1 py-1.5 text-[11px] leading-4 transition-colors hover:bg-hover hover:text-foreground sm:flex-none sm:py-2',
              target === page ? 'bg-selected font-medium text-foreground' : 'text-muted',
            )}
          >
            <Icon aria-hidden="true" className={cn('size-[18px]', target === page && 'text-accent')} />
            {pageNames[target]}
          </a>
        );
      })}
    </nav>
  );
}
