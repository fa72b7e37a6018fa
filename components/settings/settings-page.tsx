import type { ReactNode } from 'react';
import { PageBar } from '#components/shell/page-bar.tsx';
import { useSession } from '#components/shell/session.ts';
import { chooseTheme, type Theme, themes, useTheme } from '#components/shell/theme.ts';
import { CollectionPart } from './collection-part.tsx';
import { ConnectForm } from './connect-form.tsx';
import { ConnectedServer } from './connected-server.tsx';
import { NotificationPart } from './notification-part.tsx';
import { SyncPeriod } from './sync-period.tsx';

export function SettingsPage() {
  const { workspace } = useSession();
  return (
    <div className="flex h-full min-h-0 flex-col">
      <PageBar title="Settings" />
      <div className="relative min-h-0 flex-1 overflow-auto">
        <div className="grid max-w-2xl grid-cols-1 gap-8 px-3 py-6">
          <Part title="Server">
            <Server />
          </Part>
          <Part title="Sync">
            <SyncPeriod />
          </Part>
          {workspace !== null && (
            <Part title="Collection">
              <CollectionPart key={workspace.connection.store_key} />
            </Part>
          )}
          <Part title="Notifications">
            <NotificationPart />
          </Part>
          <Part title="Appearance">
            <ThemeChoice />
          </Part>
        </div>
      </div>
    </div>
  );
}

function Server() {
  const { state, workspace } = useSession();
  if (state === 'loading') return null;
  if (workspace !== null) return <ConnectedServer connection={workspace.connection} />;
  return (
    <>
      <p className="mb-4 text-muted">
        Sellers, runs and flags are shared through your team’s Sellerdex server. Its owner gives you the address and an
        account.
      </p>
      <ConnectForm initial={{ server: '', email: '' }} />
    </>
  );
}

const themeNames: Record<Theme, string> = { system: 'As the system', light: 'Light', dark: 'Dark' };

function ThemeChoice() {
  const theme = useTheme();
  return (
    <fieldset className="flex flex-wrap gap-x-6 gap-y-2">
      <legend className="sr-only">Theme</legend>
      {themes.map((value) => (
        <label key={value} className="flex min-h-7 items-center gap-2">
          <input
            type="radio"
            name="theme"
            className="size-4 accent-accent"
            checked={theme === value}
            onChange={() => chooseTheme(value)}
          />
          {themeNames[value]}
        </label>
      ))}
    </fieldset>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2 className="mb-3 text-base font-semibold">{title}</h2>
      {children}
    </section>
  );
}
