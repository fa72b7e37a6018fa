import { toast } from 'sonner';
import { errorWords } from '#components/shell/error-words.ts';
import { LostNotice } from '#components/shell/lost-notice.tsx';
import { routeHash } from '#components/shell/route.ts';
import { useSession } from '#components/shell/session.ts';
import { SyncLine } from '#components/shell/sync-line.tsx';
import { Button } from '#components/ui/button.tsx';
import { ExternalLink, Plus } from '#components/ui/icons.ts';
import { closePopup, openManager } from '#lib/platform/manager-tab.ts';
import { PopupRuns } from './popup-runs.tsx';
import { ThisPage } from './this-page.tsx';

/** 380 px wide and at most 600 px high; of all parts only the feed of sellers scrolls. */
export function Popup() {
  const { state, workspace } = useSession();
  return (
    <div className="flex max-h-[600px] w-[380px] flex-col overflow-hidden">
      <header className="flex h-11 shrink-0 items-center justify-between gap-3 border-b border-line bg-surface pr-1.5 pl-3">
        <h1 title={workspace?.connection.org_name} className="min-w-0 shrink truncate font-semibold">
          {workspace?.connection.org_name ?? 'Sellerdex'}
        </h1>
        {/* The state goes before the name; what is left of the name is still 70 px. */}
        <div className="flex max-w-[272px] shrink-0">
          <SyncLine
            onReview={() => go(routeHash('sellers', { attention: '1' }))}
            onSignIn={() => go(routeHash('settings'))}
          />
        </div>
      </header>
      <LostNotice />
      <main className="flex min-h-0 flex-1 flex-col">
        {state === 'none' && <SignedOut />}
        {state === 'connected' && <PopupRuns />}
        {state === 'connected' && <ThisPage />}
      </main>
      <footer className="flex shrink-0 items-center justify-end gap-2 border-t border-line px-3 py-2">
        <Button variant="ghost" onClick={() => go(null)}>
          <ExternalLink aria-hidden="true" />
          Open manager
        </Button>
        {state === 'connected' && (
          <Button variant="primary" onClick={() => go(routeHash('runs', { collect: '1' }))}>
            <Plus aria-hidden="true" />
            Collect sellers
          </Button>
        )}
      </footer>
    </div>
  );
}

function SignedOut() {
  return (
    <div className="grid gap-3 px-3 py-4">
      <p className="text-muted">
        Sellerdex marks the sellers that your team knows and flags. Connect it to your team’s server to begin.
      </p>
      <div>
        <Button variant="primary" onClick={() => go(routeHash('settings'))}>
          Connect to a server
        </Button>
      </div>
    </div>
  );
}

/** Leads to the manager and closes the popup, which not every browser does by itself. */
function go(hash: string | null): void {
  openManager(hash)
    .then(closePopup)
    .catch((thrown: unknown) => toast.error(errorWords(thrown)));
}
