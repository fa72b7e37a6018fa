import { EmptyState } from '#components/ui/empty-state.tsx';
import { BookOpenText, Database } from '#components/ui/icons.ts';
import { pageNames } from './nav-rail.tsx';
import { PageBar } from './page-bar.tsx';

const words = {
  bookkeeping: {
    title: 'Bookkeeping comes in a later version',
    icon: <BookOpenText />,
    text: 'Orders per eBay account, with profit computed, edited by several people at once.',
  },
  data: {
    title: 'Import and export come in a later version',
    icon: <Database />,
    text: 'Until then the server’s own interface, documented at /docs of its address, reads and writes everything.',
  },
} as const;

export function LaterPage({ page }: { page: keyof typeof words }) {
  const { title, icon, text } = words[page];
  return (
    <div className="flex h-full min-h-0 flex-col">
      <PageBar title={pageNames[page]} />
      <EmptyState icon={icon} title={title}>
        {text}
      </EmptyState>
    </div>
  );
}
