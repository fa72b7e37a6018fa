import { useEffect, useState } from 'react';
import { toast } from 'sonner';
import { NameForm } from '#components/runs/name-form.tsx';
import type { ColumnLayout } from '#components/grid/column-layout.ts';
import { useLatest } from '#components/grid/use-latest.ts';
import { errorWords } from '#components/shell/error-words.ts';
import { useRoute } from '#components/shell/route.ts';
import { useReachable } from '#components/shell/use-reachable.ts';
import { useActions } from '#components/shortcuts/actions.ts';
import { Button } from '#components/ui/button.tsx';
import { Bookmark, Check, ChevronDown } from '#components/ui/icons.ts';
import { Popover } from '#components/ui/popover.tsx';
import type { SellerView } from '#lib/protocol/seller-views.ts';
import type { Query } from '#lib/query/query.ts';
import { everySeller, paramsFromQuery, queryFromParams } from './seller-query.ts';
import { useSellerViewCommands, useSellerViews } from './use-seller-views.ts';
import { ViewLine } from './view-line.tsx';

interface ViewsMenuProps {
  readonly query: Query;
  readonly onQuery: (query: Query) => void;
  readonly layout: ColumnLayout;
  readonly onLayout: (layout: ColumnLayout) => void;
}

/** Lists that were saved under a name: opened, saved, brought up to date, renamed and deleted. */
export function ViewsMenu({ query, onQuery, layout, onLayout }: ViewsMenuProps) {
  const { views, areCurrent } = useSellerViews();
  const reachable = useReachable();
  const { create, change, remove } = useSellerViewCommands();
  const [open, setOpen] = useState(false);
  const [saving, setSaving] = useState(false);
  /** The one that was opened last: what is changed since can be put into it. */
  const [lastId, setLastId] = useState<string | null>(null);
  const shown = views.find((view) => isShown(view, query));
  const isEverything = Object.keys(paramsFromQuery(query)).length === 0;
  const last = views.find(({ id }) => id === lastId);
  const show = (view: SellerView) => {
    onQuery(queryOf(view));
    // How high rows are is each person's own.
    if (view.columns !== null) onLayout({ ...layout, ...view.columns });
    setLastId(view.id);
    setOpen(false);
  };
  // By a link: once, then the address says what is shown.
  const asked = useRoute().params.get('view');
  const linked = views.find(({ id }) => id === asked);
  const latestShow = useLatest(show);
  // What is shown stays; the address says that instead.
  const forgetLink = useLatest(() => onQuery(query));
  useEffect(() => {
    if (linked !== undefined) latestShow.current(linked);
  }, [linked, latestShow]);
  const isGone = asked !== null && areCurrent && linked === undefined;
  useEffect(() => {
    if (!isGone) return;
    toast.error('The saved view of this link is not in this workspace, or no longer.');
    forgetLink.current();
  }, [isGone, forgetLink]);
  const update = (view: SellerView) =>
    change.mutate(
      { id: view.id, ...whatIsShown(query, layout) },
      {
        onSuccess: () => toast(`View “${view.name}” is up to date`),
        onError: (thrown) => toast.error(errorWords(thrown)),
      },
    );
  const save = (name: string) =>
    create.mutate(
      { name, ...whatIsShown(query, layout) },
      {
        onSuccess: ({ id }) => {
          setLastId(id);
          setSaving(false);
          setOpen(false);
        },
      },
    );
  const onOpenChange = (next: boolean) => {
    setOpen(next);
    setSaving(false);
    create.reset();
  };
  useActions(() => ({
    handlers: {},
    choices: [
      ...views.map((view) => ({ group: 'Show' as const, title: `View: ${view.name}`, run: () => show(view) })),
      { group: 'Show', title: 'Saved views', run: () => onOpenChange(true) },
    ],
  }));
  return (
    <Popover
      open={open}
      onOpenChange={onOpenChange}
      title="Saved views"
      trigger={
        <Button size="sm" className="max-w-48">
          <Bookmark aria-hidden="true" className="max-sm:hidden" />
          <span className="truncate">{shown?.name ?? 'Views'}</span>
          <ChevronDown aria-hidden="true" className="text-muted max-sm:hidden" />
        </Button>
      }
    >
      <div className="grid gap-2">
        <button
          type="button"
          aria-current={isEverything ? 'true' : undefined}
          className="-mx-1 flex h-8 items-center gap-2 rounded-md px-1 text-left hover:bg-hover"
          onClick={() => {
            onQuery(everySeller);
            setOpen(false);
          }}
        >
          <Check aria-hidden="true" className={isEverything ? 'size-4 text-accent' : 'size-4 opacity-0'} />
          All sellers
        </button>
        {views.length === 0 ? (
          <p className="text-muted">
            No saved views yet. A view keeps search, filters, sort and columns under a name, for the whole workspace.
          </p>
        ) : (
          <ul aria-label="Saved views" className="-mx-1 grid max-h-72 grid-cols-1 overflow-y-auto">
            {views.map((view) => (
              <ViewLine
                key={view.id}
                view={view}
                isShown={view === shown}
                canUpdate={view === last && view !== shown}
                rename={change}
                onShow={() => show(view)}
                onUpdate={() => update(view)}
                onDelete={() => remove.mutate(view.id)}
              />
            ))}
          </ul>
        )}
        {saving ? (
          <NameForm
            label="Name of the view"
            action="Save view"
            command={create}
            onName={save}
            onCancel={() => setSaving(false)}
          />
        ) : (
          <Button
            focusableWhenDisabled
            disabled={!reachable}
            onClick={() => {
              create.reset();
              setSaving(true);
            }}
          >
            Save this view
          </Button>
        )}
        {!reachable && <p className="text-[13px] text-muted">Views can be changed while the server can be reached.</p>}
      </div>
    </Popover>
  );
}

function queryOf({ search, filter, sort }: SellerView): Query {
  return queryFromParams(new URLSearchParams({ q: search, filter, sort }));
}

function whatIsShown(query: Query, { order, hidden, widths }: ColumnLayout) {
  const { q: search = '', filter = '', sort = '' } = paramsFromQuery(query);
  return { search, filter, sort, columns: { order: [...order], hidden: [...hidden], widths } };
}

function isShown(view: SellerView, query: Query): boolean {
  return JSON.stringify(paramsFromQuery(queryOf(view))) === JSON.stringify(paramsFromQuery(query));
}
