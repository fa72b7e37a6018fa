import type { MouseEvent, PointerEvent } from 'react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { rowIndexOf } from '#components/grid/drag-rows.ts';
import { useLatest } from '#components/grid/use-latest.ts';
import type { SellerRow } from '#lib/query/query.ts';
import { beginStroke, createPaintedRows, strokeTo } from './paint-stroke.ts';
import type { PaintStroke } from './paint-stroke.ts';
import { rowIndexAt } from './row-index.ts';

interface PaintingOptions {
  readonly rowAt: (index: number) => SellerRow | undefined;
  /** All at the end. */
  readonly onPaint: (nos: readonly number[], flagged: boolean) => void;
  /** The right button, or the keyboard, asked for the menu of a row; `at`: where, else beside the row. */
  readonly onMenu: (index: number, at: { x: number; y: number } | null) => void;
}

interface Press {
  readonly index: number;
  /** Undefined while it is being read. */
  readonly row: SellerRow | undefined;
  /** Rows have moved under the pointer since. */
  readonly isMoved: boolean;
}

const RIGHT = 2;
const RIGHT_IS_DOWN = 2;
/** The browser's own menu is asked for on press or on release, as the system has it. */
const MENU_MS = 300;

/**
 * The right button held and moved over rows flags them, or takes the flags away, as far as they are on the screen;
 * pressed and let go on one row it asks for the menu. Escape gives a stroke up.
 *
 *   pressed ──(another row)──▶ painting ──(let go)──▶ one command
 *      └──(let go)──▶ menu        └──(Escape, window left)──▶ nothing
 */
export function usePainting(options: PaintingOptions) {
  const latest = useLatest(options);
  const pressed = useRef<Press | null>(null);
  const stroke = useRef<PaintStroke | null>(null);
  const [shown, setShown] = useState<PaintStroke | null>(null);
  const paintedRow = useMemo(createPaintedRows, []);

  const follow = useMemo(() => {
    function show(next: PaintStroke | null): void {
      stroke.current = next;
      setShown(next);
    }
    function stop(): void {
      pressed.current = null;
      show(null);
      removeEventListener('pointermove', onMove);
      removeEventListener('pointerup', onUp);
      removeEventListener('pointercancel', stop);
      removeEventListener('blur', stop);
      removeEventListener('keydown', onKey, true);
      removeEventListener('scroll', onScroll, true);
      setTimeout(() => {
        if (pressed.current === null) removeEventListener('contextmenu', prevent, true);
      }, MENU_MS);
    }
    function onScroll(): void {
      // What went by under the pointer was not on the screen all the while.
      if (stroke.current !== null) stroke.current = { ...stroke.current, index: null };
      else if (pressed.current !== null) pressed.current = { ...pressed.current, isMoved: true };
    }
    function onMove(event: globalThis.PointerEvent): void {
      if ((event.buttons & RIGHT_IS_DOWN) === 0) return stop();
      const { rowAt } = latest.current;
      const index = rowIndexAt(event.clientX, event.clientY);
      const from = pressed.current;
      if (from === null || index === null || (index === from.index && stroke.current === null)) return;
      const first = from.row ?? rowAt(from.index);
      const before =
        stroke.current ?? (first === undefined ? null : beginStroke(from.isMoved ? null : from.index, first));
      if (before !== null) show(strokeTo(before, index, rowAt));
    }
    function onUp(event: globalThis.PointerEvent): void {
      if (event.button !== RIGHT) return;
      const from = pressed.current;
      const done = stroke.current;
      stop();
      if (done !== null) latest.current.onPaint([...done.nos], done.flagged);
      else if (from !== null) latest.current.onMenu(from.index, { x: event.clientX, y: event.clientY });
    }
    function onKey(event: KeyboardEvent): void {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      stop();
    }
    return {
      begin(index: number): void {
        stop();
        pressed.current = { index, row: latest.current.rowAt(index), isMoved: false };
        addEventListener('pointermove', onMove);
        addEventListener('pointerup', onUp);
        addEventListener('pointercancel', stop);
        addEventListener('blur', stop);
        addEventListener('keydown', onKey, true);
        addEventListener('scroll', onScroll, true);
        addEventListener('contextmenu', prevent, true);
      },
      stop,
    };
  }, [latest]);
  useEffect(() => follow.stop, [follow]);

  return {
    /** The row as the stroke leaves it. */
    painted: (row: SellerRow): SellerRow => paintedRow(shown, row),
    onPointerDown(event: PointerEvent): void {
      const index = event.button === RIGHT && event.pointerType === 'mouse' ? rowIndexOf(event.target) : null;
      if (index !== null) follow.begin(index);
    },
    onContextMenu(event: MouseEvent): void {
      const index = rowIndexOf(event.target);
      // Text fields have a menu of their own.
      if (index === null || (event.target as Element).matches('input:not([type=checkbox]), textarea')) return;
      event.preventDefault();
      latest.current.onMenu(
        index,
        event.clientX > 0 || event.clientY > 0 ? { x: event.clientX, y: event.clientY } : null,
      );
    },
  };
}

function prevent(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}
