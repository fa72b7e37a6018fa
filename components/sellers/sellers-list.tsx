import type { KeyboardEvent } from 'react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { cn } from '#components/ui/cn.ts';
import { navigate, useRoute } from '#components/shell/route.ts';
import { useSession, type Workspace } from '#components/shell/session.ts';
import { Grid } from '#components/grid/grid.tsx';
import type { Selection } from '#components/grid/selection.ts';
import { isSelected, nothingSelected, selectedCount } from '#components/grid/selection.ts';
import type { MarkChange, Query, SellerRow } from '#lib/query/query.ts';
import { AttentionDialog } from './attention-dialog.tsx';
import { FilterBar } from './filter-bar.tsx';
import { SearchTextContext } from './highlighted.tsx';
import { ListButtons } from './list-buttons.tsx';
import { NewAbove } from './new-above.tsx';
import { queryClientOf } from './query-worker.ts';
import { SellerActionsContext } from './seller-actions.ts';
import { sellerColumns } from './seller-columns.tsx';
import { everySeller, paramsFromQuery } from './seller-query.ts';
import { ListFailed, NoSellersYet, NotFetchedYet, NothingFound } from './sellers-empty.tsx';
import { SellersToolbar } from './sellers-toolbar.tsx';
import { shownWords } from './shown-words.ts';
import { useArrivals } from './use-arrivals.ts';
import { useListKeys } from './use-list-keys.ts';
import { useLiveSelection } from './use-live-selection.ts';
import { chosenRows, useSellerPageActions } from './use-seller-page-actions.ts';
import { useSellerQuery } from './use-seller-query.ts';
import { useSellerView } from './use-seller-view.ts';

const handleOf = (row: SellerRow): number => row.no;
/** A row that was deleted a moment ago, until another one takes its place. */
const LEAVING = 'text-muted line-through';
const labelOf = (row: SellerRow): string => row.display_name;

export function SellersList({ workspace }: { workspace: Workspace }) {
  const client = queryClientOf(workspace.connection.store_key);
  const { status } = useSession();
  const [query, changeQuery, wrong] = useSellerQuery();
  const { view, snapshot } = useSellerView(client, query);
  const onReview = useCallback(() => navigate('sellers', { ...paramsFromQuery(query), attention: '1' }), [query]);
  const actions = useSellerPageActions({ client, view, workspace, onReview });
  const [selection, setSelection] = useState<Selection>(nothingSelected);
  const [shown, setShown] = useState({ first: 0, last: 0 });
  const attentionOpen = useRoute().params.get('attention') === '1';
  const search = useRef<HTMLInputElement>(null);
  const isFresh = useArrivals(snapshot.rows);

  const { state, from, rows } = snapshot;
  useLiveSelection(view, state, selection, setSelection);
  const total = state?.total ?? 0;
  const isUnknown = state === null || (state.rows === 0 && state.phase !== 'ready');
  const selected = selectedCount(selection, total);
  const rowAt = (index: number): SellerRow | undefined => rows[index - from];
  const [jumps, setJumps] = useState(0);
  const listKey = useMemo(() => JSON.stringify(query), [query]);

  const onVisible = useCallback(
    (first: number, last: number) => {
      view.show(first, last);
      setShown({ first, last });
    },
    [view],
  );
  // Another search or filter is another list; another order is not.
  const onQuery = (change: Partial<Query>) => {
    if (change.sort === undefined || change.where !== undefined) setSelection(nothingSelected);
    changeQuery(change);
  };
  const markSelection = (change: MarkChange) => {
    actions.markSelection(selection, change);
    if (change.op === 'delete') setSelection(nothingSelected);
  };
  const onRowKey = (event: KeyboardEvent, row: SellerRow) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isOfMany = isSelected(selection, row.no) && selected > 1;
    if (event.key === 'f' && isOfMany) markSelection({ op: 'flag', flagged: !row.flagged });
    else if (event.key === 'f') actions.row.setFlag(row, !row.flagged);
    else if (event.key === 'Delete' && isOfMany) markSelection({ op: 'delete' });
    else if (event.key === 'Delete') actions.remove(row);
    else if (event.key === 'e' || event.key === 'F2') actions.row.startEdit(row);
    else return;
    event.preventDefault();
  };
  useListKeys({ search, undo: actions.undo });

  return (
    <SellerActionsContext value={actions.row}>
      <div className="flex h-full min-h-0 flex-col">
        <h1 className="sr-only">Sellers</h1>
        <SellersToolbar
          query={query}
          onQuery={onQuery}
          selected={selected}
          onMark={markSelection}
          onUndo={actions.undo === null ? null : () => void actions.undo?.()}
          search={search}
          summary={shownWords(shown, state)}
        >
          <ListButtons
            client={client}
            workspace={workspace}
            scope={{
              query,
              chosen: selected > 0 ? chosenRows(selection) : null,
              rows: selected > 0 ? selected : total,
              isComplete: state?.phase === 'ready',
            }}
            onQuery={onQuery}
            onChanged={actions.done}
            onFlag={(nos) => actions.markRows(nos, { op: 'flag', flagged: true })}
          />
        </SellersToolbar>
        <FilterBar
          where={query.where}
          counts={state?.counts ?? null}
          onWhere={(where) => onQuery({ where })}
          wrong={wrong}
          onForgetWrong={() => changeQuery({})}
        />
        <div className="relative min-h-0 flex-1">
          <SearchTextContext value={query.search}>
            <Grid
              label="Sellers"
              columns={sellerColumns}
              count={isUnknown ? SKELETON_ROWS : total}
              isUnknown={isUnknown}
              listKey={listKey}
              jumps={jumps}
              revision={state?.revision ?? 0}
              moved={snapshot.moved}
              rowAt={rowAt}
              handleOf={handleOf}
              labelOf={labelOf}
              classOf={(row) => cn(isFresh(row) && 'motion-safe:bg-fresh', row.deleted_at !== null && LEAVING)}
              onVisible={onVisible}
              handlesBetween={view.handlesBetween}
              locate={view.locate}
              sort={query.sort[0] ?? null}
              onSort={(sort) => onQuery({ sort: [sort] })}
              selection={selection}
              onSelection={setSelection}
              onRowKey={onRowKey}
              busy={state === null || state.phase !== 'ready'}
            />
          </SearchTextContext>
          <div
            className={cn(
              'pointer-events-none absolute inset-x-0 top-9 *:pointer-events-auto',
              (snapshot.failure !== null || (isUnknown && status?.state === 'offline')) && 'bottom-0 bg-background',
            )}
          >
            {snapshot.failure !== null ? (
              <ListFailed failure={snapshot.failure} onRetry={view.retry} />
            ) : state?.phase === 'ready' && state.rows === 0 ? (
              <NoSellersYet />
            ) : isUnknown && status?.state === 'offline' ? (
              <NotFetchedYet />
            ) : state !== null && state.rows > 0 && total === 0 ? (
              <NothingFound
                search={query.search}
                onClear={() => onQuery({ search: everySeller.search, where: everySeller.where })}
              />
            ) : null}
          </div>
          <NewAbove rows={snapshot.failure === null ? snapshot.above : 0} onShow={() => setJumps(jumps + 1)} />
        </div>
      </div>
      <AttentionDialog
        reader={workspace.reader}
        open={attentionOpen}
        onOpenChange={(open) => {
          // The address without the dialog is that of the list alone.
          if (!open) changeQuery({});
        }}
      />
    </SellerActionsContext>
  );
}

// While nothing is known yet: a screen of grey rows.
const SKELETON_ROWS = 12;
