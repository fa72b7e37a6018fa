import { lazy, type ReactNode, startTransition, Suspense, useEffect, useState } from 'react';
import { ShortcutsRoot } from '#components/shortcuts/shortcuts-root.tsx';
import { SellersPage } from '#components/sellers/sellers-page.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Plug } from '#components/ui/icons.ts';
import { FailedPage } from './failed-page.tsx';
import { LaterPage } from './later-page.tsx';
import { LostNotice } from './lost-notice.tsx';
import { NavRail, pageNames } from './nav-rail.tsx';
import { PageBar } from './page-bar.tsx';
import { navigate, type PageName, useRoute } from './route.ts';
import { useSession } from './session.ts';
import { SyncLine } from './sync-line.tsx';
import { UpdateNotice } from './update-notice.tsx';
import { useServerEvents } from './use-server-events.ts';

// The list of sellers is what most visits begin with: it does not wait for the other pages to be loaded.
const loadOverview = () => import('#components/overview/overview-page.tsx');
const loadRuns = () => import('#components/runs/runs-page.tsx');
const loadSettings = () => import('#components/settings/settings-page.tsx');
const OverviewPage = lazy(async () => ({ default: (await loadOverview()).OverviewPage }));
const RunsPage = lazy(async () => ({ default: (await loadRuns()).RunsPage }));
const SettingsPage = lazy(async () => ({ default: (await loadSettings()).SettingsPage }));

/** The page has a list to draw first. */
const LOAD_OTHERS_AFTER_MS = 3000;

/** The full-tab page: rail, page, and the status line below it. */
export function ManagerPage() {
  const { page, params } = useRoute();
  const { workspace } = useSession();
  useServerEvents({ active: true, runs: true });
  useEffect(() => {
    document.title = `${pageNames[page]} · Sellerdex`;
  }, [page]);
  useEffect(() => {
    // Going to another page is then as quick as coming back.
    const timer = setTimeout(() => {
      for (const load of [loadOverview, loadRuns, loadSettings]) void load().catch(() => undefined);
    }, LOAD_OTHERS_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  const review = () =>
    navigate('sellers', { ...(page === 'sellers' ? Object.fromEntries(params) : {}), attention: '1' });
  return (
    <div className="flex h-dvh flex-col overflow-hidden sm:flex-row">
      <NavRail page={page} />
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <main className="min-h-0 flex-1" key={workspace?.connection.store_key}>
          <FailedPage key={page}>
            <Suspense>
              <Page page={page} />
            </Suspense>
          </FailedPage>
        </main>
        <LostNotice />
        <footer className="flex h-8 shrink-0 items-center justify-between gap-4 border-t border-line bg-surface px-3 text-[13px]">
          <span title={workspace?.connection.org_name} className="truncate text-muted max-sm:hidden">
            {workspace?.connection.org_name}
          </span>
          <UpdateNotice />
          <div className="flex min-w-0 items-center gap-2">
            <SyncLine onReview={review} onSignIn={() => navigate('settings')} />
            <ShortcutsRoot />
          </div>
        </footer>
      </div>
    </div>
  );
}

/** What comes after the page that is left has gone, and bit by bit: both at once would hold up keys and pointer. */
function Drawn({ children }: { children: ReactNode }) {
  const [isDrawn, setDrawn] = useState(false);
  useEffect(() => startTransition(() => setDrawn(true)), []);
  return isDrawn && children;
}

function Page({ page }: { page: PageName }) {
  if (page === 'settings')
    return (
      <Drawn>
        <SettingsPage />
      </Drawn>
    );
  if (page === 'bookkeeping') return <LaterPage page="bookkeeping" />;
  if (page === 'data') return <LaterPage page="data" />;
  return (
    <WithWorkspace page={page}>
      <Drawn>{page === 'sellers' ? <SellersPage /> : page === 'overview' ? <OverviewPage /> : <RunsPage />}</Drawn>
    </WithWorkspace>
  );
}

function WithWorkspace({ page, children }: { page: PageName; children: ReactNode }) {
  const { state } = useSession();
  if (state === 'connected') return children;
  if (state === 'loading') return null;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <PageBar title={pageNames[page]} />
      <EmptyState
        icon={<Plug />}
        title="No server connected"
        actions={
          <Button variant="primary" onClick={() => navigate('settings')}>
            Connect to a server
          </Button>
        }
      >
        Your team’s sellers and runs live on its Sellerdex server. Connect once, and the list is here, offline too.
      </EmptyState>
    </div>
  );
}
