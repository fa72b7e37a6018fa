import type { RefObject } from 'react';
import { toast } from 'sonner';
import { errorWords } from '#components/shell/error-words.ts';
import type { Handlers } from '#components/shortcuts/actions.ts';
import { useActions } from '#components/shortcuts/actions.ts';
import { count } from '#components/ui/format.ts';
import type { Selection } from '#components/grid/selection.ts';
import { everythingSelected, inverted, nothingSelected } from '#components/grid/selection.ts';
import type { Query } from '#lib/query/query.ts';
import type { QueryClient } from '#lib/query/query-client.ts';
import { copyNames, namesOf } from './copy-names.ts';
import { sellerAddress } from './name-cell.tsx';
import type { ActedSeller } from './seller-actions.ts';
import { sellerColumns } from './seller-columns.tsx';
import { sellerFilters, toggled } from './seller-filters.ts';
import { everySeller } from './seller-query.ts';
import type { SellerMark } from './seller-changes.ts';
import type { SellerTarget } from './seller-target.ts';
import { targetOf } from './seller-target.ts';
import type { PageActions } from './use-seller-page-actions.ts';
import { chosenRows, deletion } from './use-seller-page-actions.ts';
import type { SellerPlace } from './use-seller-place.ts';

/** Rows read at once when names are copied. */
const BATCH = 2000;

interface CommandParts {
  readonly client: QueryClient;
  readonly query: Query;
  readonly onQuery: (change: Partial<Query>) => void;
  readonly selection: Selection;
  readonly onSelection: (selection: Selection) => void;
  readonly total: number;
  readonly rows: readonly ActedSeller[];
  readonly actions: PageActions;
  readonly markSelection: (change: SellerMark) => void;
  readonly place: SellerPlace;
  readonly search: RefObject<HTMLInputElement | null>;
}

export interface SellerCommands {
  /** What would be acted on if this seller had the focus. */
  target(focused: ActedSeller | null): SellerTarget | null;
  /** What can be done to that. */
  handlers(target: SellerTarget | null, focused: ActedSeller | null): Handlers;
}

/** What keys, palette and menu do on the page of sellers. */
export function useSellerCommands(parts: CommandParts): SellerCommands {
  const { actions, place, selection, onQuery } = parts;

  function target(focused: ActedSeller | null): SellerTarget | null {
    return targetOf({ focused, selection, total: parts.total, rows: parts.rows });
  }

  async function copy({ seller }: SellerTarget): Promise<void> {
    try {
      const names =
        seller === null
          ? namesOf(parts.client.iterate(parts.query, BATCH, chosenRows(selection)))
          : only(seller.display_name);
      const copied = await copyNames(navigator.clipboard, names);
      toast(seller === null ? `Copied ${count(copied, 'name')}` : `Copied ${seller.display_name}`);
    } catch (thrown) {
      toast.error(errorWords(thrown));
    }
  }

  function remove({ seller }: SellerTarget, neverAgain: boolean): void {
    if (seller === null) parts.markSelection(deletion(neverAgain));
    else actions.row.remove(seller, neverAgain);
  }

  function flag({ seller, lead }: SellerTarget): void {
    const flagged = lead?.flagged !== true;
    if (seller === null) parts.markSelection({ op: 'flag', flagged });
    else actions.row.setFlag(seller, flagged);
  }

  function handlers(acted: SellerTarget | null, focused: ActedSeller | null): Handlers {
    return {
      ...(acted !== null && {
        flag: () => flag(acted),
        copy: () => void copy(acted),
        delete: () => remove(acted, false),
        delete_never: () => remove(acted, true),
      }),
      ...(focused !== null && {
        open: () => actions.row.open(focused),
        ebay: () => void window.open(sellerAddress(focused.display_name), '_blank', 'noopener,noreferrer'),
        edit: () => actions.row.startEdit({ no: focused.no, in: place.isInPanel() ? 'name' : 'row' }),
        note() {
          actions.row.open(focused);
          actions.row.startEdit({ no: focused.no, in: 'note' });
        },
      }),
    };
  }

  useActions(() => {
    const focused = place.focused();
    const acted = handlers(target(focused), focused);
    const isNarrowed = parts.query.search !== '' || parts.query.where.length > 0;
    const undo = actions.undo;
    return {
      handlers: {
        ...acted,
        // Marked text is what a person wants to copy.
        copy: getSelection()?.isCollapsed === false ? undefined : acted.copy,
        search: () => parts.search.current?.focus(),
        undo: undo === null ? undefined : () => void undo(),
        close:
          place.opened !== null
            ? place.close
            : selection === nothingSelected
              ? undefined
              : () => parts.onSelection(nothingSelected),
        next: () => place.step(1),
        previous: () => place.step(-1),
        select_all: () => parts.onSelection(everythingSelected),
        invert: () => parts.onSelection(inverted(selection)),
        clear_filters: isNarrowed ? () => onQuery({ search: everySeller.search, where: everySeller.where }) : undefined,
        review: actions.row.review,
      },
      choices: [
        ...sellerFilters.map((filter) => ({
          group: 'Show' as const,
          title: `Filter: ${filter.title}`,
          run: () => onQuery({ where: toggled(parts.query.where, filter) }),
        })),
        ...sellerColumns.flatMap(({ id, title, firstOrder: order }) =>
          order === undefined
            ? []
            : {
                group: 'Show' as const,
                title: `Sort by ${title}`,
                run: () => onQuery({ sort: [{ column: id, order }] }),
              },
        ),
      ],
    };
  });
  return { target, handlers };
}

async function* only(name: string): AsyncGenerator<string[]> {
  yield [name];
}
