import { useLayoutEffect, useRef } from 'react';

interface HeldRow<Row> {
  readonly handle: number;
  readonly row: Row;
}

/**
 * The row of the active cell as it was read last, for when it is scrolled so far away that it is not at hand: what is
 * typed into one of its cells stays there. Undefined for every other handle.
 */
export function useHeldRow<Row>(
  row: Row | undefined,
  handleOf: (row: Row) => number,
): (handle: number | null) => Row | undefined {
  const held = useRef<HeldRow<Row> | null>(null);
  useLayoutEffect(() => {
    if (row !== undefined) held.current = { handle: handleOf(row), row };
  });
  return (handle) => (held.current !== null && held.current.handle === handle ? held.current.row : undefined);
}
