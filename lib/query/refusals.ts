import type { AttentionEntry } from '#lib/store/types.ts';

/** What became of sellers' changes that the server did not take, by handle. */
export type Refusals = ReadonlyMap<number, 'error' | 'conflict'>;

/** `conflict`: one that met another change of a colleague. */
export function refusalsIn(attention: readonly AttentionEntry[]): Refusals {
  const entries = attention.filter(({ table }) => table === 'sellers');
  return new Map(
    entries.flatMap(({ targets, error }) =>
      targets.map(({ no }) => [no, error.code === 'conflict' ? 'conflict' : 'error'] as const),
    ),
  );
}
