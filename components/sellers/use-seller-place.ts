import type { FocusEvent, KeyboardEvent, RefObject } from 'react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { rowIndexOf } from '#components/grid/drag-rows.ts';
import { cellElement } from '#components/grid/use-active-cell.ts';
import { useLatest } from '#components/grid/use-latest.ts';
import { openSellerNow } from '#components/seller-detail/use-open-seller.ts';
import type { OpenSeller } from '#components/seller-detail/use-open-seller.ts';
import type { SellerRow } from '#lib/query/query.ts';
import { numbersIn } from '#lib/shared/number-runs.ts';
import type { Seller } from '#lib/tables/sellers.ts';
import type { ActedSeller } from './seller-actions.ts';
import type { SellerView } from './seller-view.ts';

interface PlaceParts {
  /** Around list and panel. */
  readonly region: RefObject<HTMLDivElement | null>;
  readonly view: SellerView;
  readonly total: number;
  readonly revision: number;
  readonly rowAt: (index: number) => SellerRow | undefined;
  /** Position of a seller among the rows at hand, -1 when it is not of them. */
  readonly indexOf: (no: number) => number;
  readonly open: OpenSeller;
  /** The seller whose details are open, as far as it is read; null when it is gone. */
  readonly seller: Seller | null | undefined;
  /** The details of a seller are left. */
  readonly onLeave: (no: number) => void;
}

const FIRST_COLUMN = 'display_name';

/** Where a person is: which seller has the focus, in the list or in the panel beside it, and how to get on. */
export interface SellerPlace {
  /** Handle of the seller whose details are open, or null. */
  readonly opened: number | null;
  /** Position of that one in the list, -1 when it does not match. */
  readonly index: number;
  focused(): ActedSeller | null;
  isInPanel(): boolean;
  /** To another seller: in the panel when it is open, else into the list. */
  step(by: 1 | -1): void;
  close(): void;
  onFocus(event: FocusEvent): void;
  onKeyDown(event: KeyboardEvent): void;
}

export function useSellerPlace(parts: PlaceParts): SellerPlace {
  const latest = useLatest(parts);
  const stepping = useRef<Promise<void>>(Promise.resolve());
  const { no } = parts.open;
  const located = useIndex(parts.view, no, parts.revision);
  const atHand = no === null ? -1 : parts.indexOf(no);
  const index = atHand < 0 ? located : atHand;
  const latestIndex = useLatest(index);

  const place = useMemo(() => {
    const panel = (): Element | null => latest.current.region.current?.querySelector('aside') ?? null;
    const isInPanel = (): boolean => panel()?.contains(document.activeElement) === true;

    /** The row of the seller whose details are still being read. */
    function openRow(): ActedSeller | null {
      const { indexOf, rowAt } = latest.current;
      const shown = openSellerNow();
      return (shown === null ? undefined : rowAt(indexOf(shown))) ?? null;
    }

    async function stepOn(by: 1 | -1): Promise<void> {
      const { view, open, total } = latest.current;
      if (open.no === null) return;
      const at = await view.locate(open.no);
      const next = at < 0 ? 0 : at + by;
      if (next < 0 || next >= total) return;
      const [handle] = numbersIn(await view.runsBetween(next, next + 1));
      if (handle === undefined) return;
      latest.current.onLeave(open.no);
      latest.current.open.open(handle);
    }

    /** To the cell of the row in the column where the focus was last; a row that is not drawn leaves it to that cell. */
    function focusRow(at: number): void {
      const grid = latest.current.region.current?.querySelector<HTMLElement>('[role=grid]') ?? null;
      const find = (selector: string) => grid?.querySelector<HTMLElement>(selector) ?? null;
      const inOrder = find('[data-index] > [tabindex="0"]');
      const column = (inOrder ?? find('[role=row] > [tabindex="0"]'))?.dataset['column'] ?? FIRST_COLUMN;
      const cell = at < 0 ? null : cellElement(grid, at, column);
      (cell ?? inOrder ?? find(`[data-index] > [data-column="${column}"]`))?.focus({ preventScroll: true });
    }

    function close(): void {
      const isLost = isInPanel() || document.activeElement === document.body;
      const { open, onLeave } = latest.current;
      if (open.no !== null) onLeave(open.no);
      open.close();
      // Out of the panel, which else gives the focus back to where it was opened.
      if (isLost) focusRow(latestIndex.current);
    }

    return {
      isInPanel,
      focused(): ActedSeller | null {
        if (isInPanel()) return latest.current.seller ?? openRow();
        const at = rowIndexOf(document.activeElement);
        return at === null ? null : (latest.current.rowAt(at) ?? null);
      },
      step(by: 1 | -1): void {
        if (latest.current.open.no === null) focusRow(latestIndex.current);
        else
          stepping.current = stepping.current
            .then(() => stepOn(by))
            .catch(
              // The view is closing; its failure is shown by the page.
              () => undefined,
            );
      },
      close,
      /** The seller is gone, or called by another number now. */
      replace(now: number | null): void {
        if (now === null) close();
        else latest.current.open.open(now);
      },
      /** While details are open, they are those of the row in focus. */
      onFocus({ target }: FocusEvent): void {
        // As the address has it now: a panel that goes gives the focus back.
        const shown = openSellerNow();
        const at = shown === null ? null : rowIndexOf(target);
        const row = at === null ? undefined : latest.current.rowAt(at);
        if (row !== undefined && row.no !== shown) latest.current.open.open(row.no);
      },
      onKeyDown(event: KeyboardEvent): void {
        const isSearch = event.target instanceof Element && event.target.matches('input[type=search]');
        if (!isSearch || event.nativeEvent.isComposing || !['ArrowDown', 'Enter'].includes(event.key)) return;
        event.preventDefault();
        focusRow(0);
      },
    };
  }, [latest, latestIndex]);

  useGoneSeller(parts.seller, no, parts.view, place.replace);
  return { opened: no, index, ...place };
}

/** Where the seller is in the list, followed. */
function useIndex(view: SellerView, no: number | null, revision: number): number {
  const [index, setIndex] = useState(-1);
  useEffect(() => {
    let stale = false;
    if (no === null) setIndex(-1);
    else
      view.locate(no).then(
        (at) => {
          if (!stale) setIndex(at);
        },
        // The view is closing; its failure is shown by the page.
        () => undefined,
      );
    return () => {
      stale = true;
    };
  }, [view, no, revision]);
  return index;
}

/**
 * A seller that is deleted while its details are open takes them along. One that this browser made is called by
 * another number once the server has it.
 */
function useGoneSeller(
  seller: Seller | null | undefined,
  no: number | null,
  view: SellerView,
  gone: (no: number | null) => void,
) {
  const seen = useRef<number | null>(null);
  useEffect(() => {
    if (seller != null) seen.current = seller.no;
    if (seller !== null || no === null || seen.current !== no) return;
    seen.current = null;
    // What could be deleted is there.
    view.choose({ kind: 'some', handles: Float64Array.of(no) }, { op: 'delete' }, null).then(
      ({ nos: [now] }) => gone(now === undefined || now === no ? null : now),
      () => gone(null),
    );
  }, [seller, no, view, gone]);
}
