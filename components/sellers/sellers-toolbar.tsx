import type { ReactNode, RefObject } from 'react';
import { ariaKeys, withKeys } from '#components/shortcuts/key-words.ts';
import { Button } from '#components/ui/button.tsx';
import { formatNumber } from '#components/ui/format.ts';
import { Flag, FlagOff, Search, Trash2, Undo2, X } from '#components/ui/icons.ts';
import { Input } from '#components/ui/input.tsx';
import type { MarkChange, Query } from '#lib/query/query.ts';

interface SellersToolbarProps {
  readonly query: Query;
  readonly onQuery: (change: Partial<Query>) => void;
  readonly selected: number;
  readonly onMark: (change: MarkChange) => void;
  readonly onUndo: (() => void) | null;
  readonly search: RefObject<HTMLInputElement | null>;
  /** `Showing A–B of N`. */
  readonly summary: string;
  /** What there is to do with the list as a whole. */
  readonly children?: ReactNode;
}

const marks: readonly { name: string; title: string; icon: typeof Flag; change: MarkChange }[] = [
  { name: 'Flag', title: withKeys('Flag', 'flag'), icon: Flag, change: { op: 'flag', flagged: true } },
  { name: 'Unflag', title: withKeys('Unflag', 'flag'), icon: FlagOff, change: { op: 'flag', flagged: false } },
  { name: 'Delete', title: withKeys('Delete', 'delete'), icon: Trash2, change: { op: 'delete' } },
];

const SHOWING = 'Showing ';

/** One line from 1,280 px on, with numbers of six digits too; on a narrow screen three. So some words are only read out. */
export function SellersToolbar(props: SellersToolbarProps) {
  const { query, onQuery, selected } = props;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 max-sm:gap-x-2 border-b border-line bg-background px-3 py-2">
      <SearchBox query={query} onQuery={onQuery} search={props.search} />
      <div className="flex items-center gap-1">
        {marks.map(({ name, title, icon: Icon, change }) => (
          <Button key={name} size="sm" disabled={selected === 0} title={title} onClick={() => props.onMark(change)}>
            <Icon aria-hidden="true" />
            <span className="max-[1440px]:sr-only">{name}</span>
          </Button>
        ))}
      </div>
      {(selected > 0 || props.onUndo !== null) && (
        <div className="flex items-center gap-1 text-[13px] whitespace-nowrap">
          {selected > 0 && <span className="px-1 text-muted">{formatNumber(selected)} selected</span>}
          {props.onUndo !== null && (
            <Button
              size="sm"
              variant="ghost"
              title={withKeys('Undo', 'undo')}
              aria-keyshortcuts={ariaKeys('undo')}
              onClick={props.onUndo}
            >
              <Undo2 aria-hidden="true" />
              <span className="sm:max-[1440px]:sr-only">Undo</span>
            </Button>
          )}
        </div>
      )}
      <p
        role="status"
        aria-label="Shown rows"
        className="ml-auto text-[13px] whitespace-nowrap text-muted tabular-nums max-sm:mr-auto max-sm:ml-0"
      >
        {/* One line with the buttons beside it. */}
        {props.summary !== '' && <span className="max-sm:sr-only">{SHOWING}</span>}
        {props.summary.slice(SHOWING.length)}
      </p>
      {props.children}
    </div>
  );
}

function SearchBox({ query, onQuery, search }: Pick<SellersToolbarProps, 'query' | 'onQuery' | 'search'>) {
  return (
    <div className="relative w-full sm:max-w-64 sm:flex-[1_1_180px] lg:flex-[1_1_120px]">
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted"
      />
      <Input
        ref={search}
        type="search"
        aria-label="Search sellers"
        placeholder="Search sellers"
        title={withKeys('Search sellers', 'search')}
        aria-keyshortcuts={ariaKeys('search')}
        maxLength={200}
        spellCheck={false}
        autoComplete="off"
        value={query.search}
        onChange={(event) => onQuery({ search: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && query.search !== '') onQuery({ search: '' });
        }}
        size="framed"
      />
      {query.search !== '' && (
        <button
          type="button"
          aria-label="Clear search"
          onClick={() => {
            onQuery({ search: '' });
            search.current?.focus();
          }}
          className="absolute top-1/2 right-1.5 grid size-6 -translate-y-1/2 place-items-center rounded-sm text-muted hover:bg-hover hover:text-foreground"
        >
          <X aria-hidden="true" className="size-4" />
        </button>
      )}
    </div>
  );
}
