import type { KeyboardEvent } from 'react';

const steps: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 10,
  PageUp: -10,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** Moves the focus between the rows of a plain table by the keys that a grid has; one row is in the tab order. */
export function useGridFocus() {
  return {
    onKeyDown(event: KeyboardEvent<HTMLTableElement>) {
      const step = steps[event.key];
      if (step === undefined) return;
      const rows = [...event.currentTarget.querySelectorAll<HTMLTableRowElement>('tbody > tr')];
      const at = rows.findIndex((row) => row === document.activeElement);
      const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
      if (next === undefined) return;
      event.preventDefault();
      for (const row of rows) row.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    },
  };
}
