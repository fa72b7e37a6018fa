import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { Button } from '#components/ui/button.tsx';
import { errorWords } from './error-words.ts';

type Pages = Pick<
  UseInfiniteQueryResult,
  | 'error'
  | 'isError'
  | 'isFetchNextPageError'
  | 'isFetching'
  | 'isFetchingNextPage'
  | 'hasNextPage'
  | 'refetch'
  | 'fetchNextPage'
>;

/** Below what has been read of a list so far: a button for more, or what went wrong (after `words`) and another try. */
export function FurtherPages({ pages, words }: { pages: Pages; words: string }) {
  if (pages.isError)
    return (
      <div role="alert" className="flex items-center gap-3 text-[13px] text-danger">
        <span className="min-w-0 flex-1">
          {words} {errorWords(pages.error)}
        </span>
        <Button
          size="sm"
          disabled={pages.isFetching}
          onClick={() => void (pages.isFetchNextPageError ? pages.fetchNextPage() : pages.refetch())}
        >
          Try again
        </Button>
      </div>
    );
  if (!pages.hasNextPage) return null;
  return (
    <Button
      size="sm"
      focusableWhenDisabled
      disabled={pages.isFetchingNextPage}
      onClick={() => void pages.fetchNextPage()}
    >
      {pages.isFetchingNextPage ? 'Loading…' : 'Show more'}
    </Button>
  );
}
