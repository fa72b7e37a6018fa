import { useCallback, useMemo, useRef, useState } from 'react';
import { cn } from '#components/ui/cn.ts';
import { navigate, useRoute } from '#components/shell/route.ts';
import { useSession, type Workspace } from '#components/shell/session.ts';
import { shownColumns } from '#components/grid/column-layout.ts';
import { Grid } from '#components/grid/grid.tsx';
import type { Selection } from '#components/grid/selection.ts';
import { nothingSelected, selectedCount } from '#components/grid/selection.ts';
import { useColumnLayout } from '#components/grid/use-column-layout.ts';
import { HoverCard } from '#components/seller-detail/hover-card.tsx';
import { SellerPanel } from '#components/seller-detail/seller-panel.tsx';
import { useHover } from '#components/seller-detail/use-hover.ts';
import { useOpenSeller } from '#components/seller-detail/use-open-seller.ts';
import { useSeller } from '#components/seller-detail/use-seller.ts';
import type { SellerRow } from '#lib/query/query.ts';
import { AttentionDialog } from './attention-dialog.tsx';
import { FilterBar } from './filter-bar.tsx';
import { SearchTextContext } from './highlighted.tsx';
import { ListButtons } from './list-buttons.tsx';
import { NewAbove } from './new-above.tsx';
import { queryClientOf } from './query-worker.ts';
import { SellerActionsContext } from './seller-actions.ts';
import type { SellerMark } from './seller-changes.ts';
import { sellerColumns } from './seller-columns.tsx';
import { SellerMenu } from './seller-menu.tsx';
import { everySeller, paramsFromQuery } from './seller-query.ts';
import { ListFailed, NoSellersYet, NotFetchedYet, NothingFound } from './sellers-empty.tsx';
import { indexIn } from './seller-view.ts';
import { SellersToolbar } from './sellers-toolbar.tsx';
import { shownWords } from './shown-words.ts';
import { StoredFieldsProvider } from './stored-fields-provider.tsx';
import { useArrivals } from './use-arrivals.ts';
import { useLiveSelection } from './use-live-selection.ts';
import { usePainting } from './use-painting.ts';
import { useSellerCommands } from './use-seller-commands.ts';
import type { OpenSellerMenu } from './use-seller-menu.ts';
import { useSellerPageActions } from './use-seller-page-actions.ts';
import { useSellerPlace } from './use-seller-place.ts';
import { useSellerQuery } from './use-seller-query.ts';
import { useSellerView } from './use-seller-view.ts';

const handleOf = (row: SellerRow): number => row.no;
/** A row that was deleted a moment ago, until another one takes its place. */
const LEAVING = 'text-muted line-through';
/** Its details are open; the first cell lies over the row. */
const OPENED = '*:first:shadow-[inset_3px_0_0_var(--accent)]';
const labelOf = (row: SellerRow): string => row.display_name;

export function SellersList({ workspace }: { workspace: Workspace }) {
  const client = queryClientOf(workspace.connection.store_key);
  const { status } = useSession();
  const [query, changeQuery, wrong] = useSellerQuery(workspace.connection.store_key);
  const [layout, setLayout] = useColumnLayout('sellerdex.columns.sellers', sellerColumns);
  const { view, snapshot } = useSellerView(client, query);
  const onReview = useCallback(() => navigate('sellers', { ...paramsFromQuery(query), attention: '1' }), [query]);
  const open = useOpenSeller();
  const showOpen = open.open;
  const actions = useSellerPageActions({ client, view, workspace, onReview, onOpen: showOpen });
  const opened = useSeller(client, workspace.reader, open.no);
  const [selection, setSelection] = useState<Selection>(nothingSelected);
  const [shown, setShown] = useState({ first: 0, last: 0 });
  const attentionOpen = useRoute().params.get('attention') === '1';
  const search = useRef<HTMLInputElement>(null);
  const tintOf = useArrivals(snapshot.rows);

  // Another search or filter is another list, wherever it comes from; another order is not.
  const matching = JSON.stringify([query.search, query.where]);
  const [selectedOf, setSelectedOf] = useState(matching);
  if (selectedOf !== matching) {
    setSelectedOf(matching);
    setSelection(nothingSelected);
  }

  const { state, from, rows } = snapshot;
  useLiveSelection(view, state, selection, setSelection);
  const total = state?.total ?? 0;
  const isUnknown = state === null || (state.rows === 0 && state.phase !== 'ready');
  const isUnreachable = isUnknown && status?.state === 'offline';
  const selected = selectedCount(selection, total);
  const rowAt = (index: number): SellerRow | undefined => rows[index - from];
  const indexOf = (no: number): number => indexIn(snapshot, no);
  const shownRowAt = (index: number): SellerRow | undefined => {
    const row = rowAt(index);
    return row === undefined ? undefined : painting.painted(row);
  };
  const shownIds = useMemo(() => shownColumns(sellerColumns, layout).map(({ id }) => id), [layout]);
  const [jumps, setJumps] = useState(0);
  const listKey = useMemo(() => JSON.stringify(query), [query]);

  const onVisible = useCallback(
    (first: number, last: number) => {
      view.show(first, last);
      setShown((was) => (was.first === first && was.last === last ? was : { first, last }));
    },
    [view],
  );
  const markSelection = (change: SellerMark) => {
    actions.markSelection(selection, change);
    if (change.op === 'delete') setSelection(nothingSelected);
  };
  const region = useRef<HTMLDivElement>(null);
  const place = useSellerPlace({
    region,
    view,
    total,
    revision: state?.revision ?? 0,
    rowAt,
    indexOf,
    open,
    seller: opened === undefined ? undefined : (opened?.seller ?? null),
    onLeave(no) {
      actions.row.endEdit({ no, in: 'name' });
      actions.row.endEdit({ no, in: 'note' });
    },
  });
  const commands = useSellerCommands({
    client,
    query,
    onQuery: changeQuery,
    selection,
    onSelection: setSelection,
    total,
    rows,
    actions,
    markSelection,
    place,
    search,
  });
  const openMenu = useRef<OpenSellerMenu>(null);
  const painting = usePainting({
    rowAt,
    onPaint: (nos, flagged) => actions.markRows(Float64Array.from(nos), { op: 'flag', flagged }),
    onMenu: (index, at) => openMenu.current?.(index, at),
  });
  const hover = useHover((index) => rowAt(index)?.no);

  return (
    <SellerActionsContext value={actions.row}>
      <div className="flex h-full min-h-0 flex-col" onKeyDown={place.onKeyDown}>
        <h1 className="sr-only">Sellers</h1>
        <SellersToolbar
          query={query}
          onQuery={changeQuery}
          selected={selected}
          onMark={markSelection}
          onUndo={actions.undo === null ? null : () => void actions.undo?.()}
          search={search}
          summary={isUnknown ? '' : shownWords(shown, state)}
        >
          <ListButtons
            client={client}
            workspace={workspace}
            scope={{
              query,
              selection: selected > 0 ? selection : null,
              rows: selected > 0 ? selected : total,
              isComplete: state?.phase === 'ready',
            }}
            onQuery={changeQuery}
            layout={layout}
            onLayout={setLayout}
            onChanged={actions.done}
            onFlag={(nos) => actions.markRows(nos, { op: 'flag', flagged: true })}
          />
        </SellersToolbar>
        <FilterBar
          where={query.where}
          counts={isUnknown ? null : state.counts}
          onWhere={(where) => changeQuery({ where })}
          wrong={wrong}
          onForgetWrong={() => changeQuery({})}
        />
        <div ref={region} className="flex min-h-0 flex-1" onFocus={place.onFocus}>
          <div
            className="relative min-h-0 min-w-0 flex-1"
            onPointerDown={painting.onPointerDown}
            onContextMenu={painting.onContextMenu}
            onPointerMove={hover.onPointerMove}
            onPointerLeave={hover.onPointerLeave}
          >
            {/* What lies under a message is nobody's to reach. */}
            <div className="h-full" inert={snapshot.failure !== null}>
              <SearchTextContext value={query.search}>
                <StoredFieldsProvider
                  client={client}
                  shown={shownIds}
                  rows={rows.slice(Math.max(0, shown.first - from), Math.max(0, shown.last - from))}
                  revision={state?.revision ?? 0}
                >
                  <Grid
                    label="Sellers"
                    columns={sellerColumns}
                    layout={layout}
                    onLayout={setLayout}
                    count={isUnknown ? SKELETON_ROWS : total}
                    isUnknown={isUnknown}
                    listKey={listKey}
                    jumps={jumps}
                    revision={state?.revision ?? 0}
                    moved={snapshot.moved}
                    rowAt={shownRowAt}
                    handleOf={handleOf}
                    labelOf={labelOf}
                    classOf={(row) => cn(row.deleted_at !== null && LEAVING, row.no === open.no && OPENED)}
                    tintOf={tintOf}
                    onVisible={onVisible}
                    runsBetween={view.runsBetween}
                    indexOf={indexOf}
                    locate={view.locate}
                    sort={query.sort}
                    onSort={(sort) => changeQuery({ sort })}
                    selection={selection}
                    onSelection={setSelection}
                    shownIndex={place.index}
                    busy={state === null || state.phase !== 'ready'}
                  />
                </StoredFieldsProvider>
              </SearchTextContext>
            </div>
            <div className="absolute inset-x-0 top-9 bottom-0 overflow-auto bg-background empty:hidden">
              {snapshot.failure !== null ? (
                <ListFailed failure={snapshot.failure} onRetry={view.retry} />
              ) : state?.phase === 'ready' && state.rows === 0 ? (
                <NoSellersYet />
              ) : isUnreachable ? (
                <NotFetchedYet />
              ) : state !== null && state.rows > 0 && total === 0 ? (
                <NothingFound
                  search={query.search}
                  onClear={() => changeQuery({ search: everySeller.search, where: everySeller.where })}
                />
              ) : null}
            </div>
            <NewAbove rows={snapshot.failure === null ? snapshot.above : 0} onShow={() => setJumps(jumps + 1)} />
            {hover.place !== null && <HoverCard client={client} reader={workspace.reader} place={hover.place} />}
          </div>
          {open.no !== null && (
            <SellerPanel reader={workspace.reader} read={opened} onStep={place.step} onClose={place.close} />
          )}
        </div>
      </div>
      <SellerMenu ref={openMenu} commands={commands} rowAt={rowAt} />
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

// While nothing is known yet: a screen of grey lines.
const SKELETON_ROWS = 12;
