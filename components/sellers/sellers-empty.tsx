import { SearchX, Store, TriangleAlert } from 'lucide-react';
import { navigate } from '#components/shell/route.ts';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import type { AppError } from '#lib/shared/app-error.ts';

export function NoSellersYet() {
  return (
    <EmptyState
      icon={<Store />}
      title="No sellers yet"
      actions={
        <Button variant="primary" onClick={() => navigate('runs', { collect: '1' })}>
          Collect sellers
        </Button>
      }
    >
      A run takes best-selling products, searches eBay for each and lists the sellers it finds here. On eBay itself you
      can add a seller with one click.
    </EmptyState>
  );
}

export function NothingFound({ onClear }: { onClear: () => void }) {
  return (
    <EmptyState icon={<SearchX />} title="No seller matches" actions={<Button onClick={onClear}>Clear filters</Button>}>
      None of the sellers fits the search text and the filter together.
    </EmptyState>
  );
}

export function ListFailed({ failure, onRetry }: { failure: AppError; onRetry: () => void }) {
  return (
    <EmptyState
      icon={<TriangleAlert />}
      title="The list cannot be read"
      actions={<Button onClick={onRetry}>Try again</Button>}
    >
      <span role="alert">{failure.message}</span>
    </EmptyState>
  );
}
