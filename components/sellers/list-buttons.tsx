import { useState } from 'react';
import { type ColumnLayout, densities, withShown } from '#components/grid/column-layout.ts';
import { command } from '#components/shell/command.ts';
import type { Workspace } from '#components/shell/session.ts';
import { useActions } from '#components/shortcuts/actions.ts';
import { Button } from '#components/ui/button.tsx';
import { Download, Plus } from '#components/ui/icons.ts';
import type { QueryClient } from '#lib/query/query-client.ts';
import type { Query } from '#lib/query/query.ts';
import { AddSellersDialog } from './add-sellers-dialog.tsx';
import { addSellers } from './add-sellers.ts';
import { ExportDialog, type ExportScope } from './export-dialog.tsx';
import type { SellerChange } from './seller-changes.ts';
import { sellerColumns } from './seller-columns.tsx';
import { ViewsMenu } from './views-menu.tsx';

interface ListButtonsProps {
  readonly client: QueryClient;
  readonly workspace: Workspace;
  readonly scope: ExportScope;
  readonly onQuery: (query: Query) => void;
  readonly layout: ColumnLayout;
  readonly onLayout: (layout: ColumnLayout) => void;
  readonly onChanged: (words: string, change: SellerChange) => void;
  readonly onFlag: (nos: Float64Array) => void;
}

/** What there is to do with the list as a whole, and the dialogs of it. */
export function ListButtons(props: ListButtonsProps) {
  const { client, workspace, scope, onChanged } = props;
  const [open, setOpen] = useState<'add' | 'export' | null>(null);
  useActions(() => ({
    handlers: { add: () => setOpen('add'), export: () => setOpen('export') },
    choices: [
      ...densities.map((density) => ({
        group: 'Show' as const,
        title: `Row height: ${density}`,
        run: () => props.onLayout({ ...props.layout, density }),
      })),
      ...sellerColumns.slice(1).map(({ id, title }) => {
        const isHidden = props.layout.hidden.includes(id);
        return {
          group: 'Show' as const,
          title: `${isHidden ? 'Show' : 'Hide'} column ${title}`,
          run: () => props.onLayout(withShown(props.layout, id, isHidden)),
        };
      }),
    ],
  }));
  const onOpenChange = (isOpen: boolean) => {
    if (!isOpen) setOpen(null);
  };
  const add = (names: readonly string[], progress: (done: number) => void) =>
    addSellers(
      {
        send: (mutations) => command('mutate', { mutations, store_key: workspace.connection.store_key }),
        refused: () => workspace.reader.attention(),
        now: Date.now,
        newId: () => crypto.randomUUID(),
      },
      names,
      progress,
    );
  return (
    <div className="flex items-center gap-1 max-sm:ml-auto">
      <ViewsMenu query={scope.query} onQuery={props.onQuery} layout={props.layout} onLayout={props.onLayout} />
      <Button size="sm" title="Export sellers" onClick={() => setOpen('export')}>
        <Download aria-hidden="true" />
        <span className="max-sm:sr-only">Export</span>
      </Button>
      <Button size="sm" variant="primary" onClick={() => setOpen('add')}>
        <Plus aria-hidden="true" />
        Add sellers
      </Button>
      <AddSellersDialog
        client={client}
        open={open === 'add'}
        onOpenChange={onOpenChange}
        add={add}
        onAdded={onChanged}
      />
      <ExportDialog
        client={client}
        scope={scope}
        open={open === 'export'}
        onOpenChange={onOpenChange}
        onFlag={props.onFlag}
      />
    </div>
  );
}
