import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, type ReactNode, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { Toaster } from '#components/ui/toaster.tsx';
import { FailedPage } from './failed-page.tsx';
import { createQueryClient } from './query-client.ts';
import { SessionProvider } from './session-provider.tsx';
import { applyTheme, useTheme } from './theme.ts';

// The condition is a constant of the build, so a build for people carries none of it.
const Devtools = import.meta.env.DEV
  ? lazy(async () => ({ default: (await import('@tanstack/react-query-devtools')).ReactQueryDevtools }))
  : null;

/** Draws a page of the extension into `#root`, with what every page needs around it. */
export function renderPage(page: ReactNode): void {
  applyTheme();
  const element = document.getElementById('root');
  if (element === null) throw new Error('the page has no #root');
  createRoot(element).render(
    <StrictMode>
      <QueryClientProvider client={createQueryClient()}>
        <FailedPage>
          <SessionProvider>{page}</SessionProvider>
        </FailedPage>
        <ThemedToaster />
        {Devtools !== null && (
          <Suspense>
            <Devtools />
          </Suspense>
        )}
      </QueryClientProvider>
    </StrictMode>,
  );
}

function ThemedToaster() {
  return <Toaster theme={useTheme()} />;
}
