import { syncSoon } from '#components/shell/command.ts';
import { navigate } from '#components/shell/route.ts';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { CloudOff, SearchX, Store, TriangleAlert } from '#components/ui/icons.ts';
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
      can add a seller with one click, and “Add sellers” in the list takes names that you have already.
    </EmptyState>
  );
}

/** Nothing has come from the server yet, and it cannot be reached. */
export function NotFetchedYet() {
  return (
    <EmptyState
      icon={<CloudOff />}
      title="The list is not here yet"
      actions={<Button onClick={syncSoon}>Try again</Button>}
    >
      The server cannot be reached. Once it has sent the list, all of it is here offline too.
    </EmptyState>
  );
}

export function NothingFound({ search, onClear }: { search: string; onClear: () => void }) {
  return (
    <EmptyState icon={<SearchX />} title="No seller matches" actions={<Button onClick={onClear}>Clear filters</Button>}>
      {search === ''
        ? 'None of the sellers meets every filter that is on. Take one away, or clear them all.'
        : `No name has “${search}” in it among those that the filters let through. A part of a name is enough.`}
    </EmptyState>
  );
}

export function ListFailed({ failure, onRetry }: { failure: AppError; onRetry: () => void }) {
  return (
    <EmptyState
      icon={<TriangleAlert />}
      title="The list cannot be read"
      actions={<Button onClick={failure.code === 'not_started' ? reload : onRetry}>Try again</Button>}
    >
      <span role="alert">{failure.message}</span>
    </EmptyState>
  );
}

const reload = (): void => location.reload();
