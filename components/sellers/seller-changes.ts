import type { PageMutation } from '#lib/messaging/contract.ts';
import type { RowTarget } from '#lib/query/query.ts';
import { chunk } from '#lib/shared/chunk.ts';

/** A change that the store holds, and what takes it back. */
export interface SellerChange {
  readonly sellers: number;
  undo(): Promise<void>;
}

export interface SellerChanges {
  /**
   * Sets or takes away the flag of those that need it; `null` when none does. `progress` hears how many
   * are done. Throws the background's AppError; those done before it stay done.
   */
  flag(handles: readonly number[], flagged: boolean, progress?: (done: number) => void): Promise<SellerChange | null>;
  rename(target: Pick<RowTarget, 'id' | 'no'>, from: string, to: string): Promise<SellerChange>;
}

export interface SellerChangesOptions {
  readonly send: (mutations: PageMutation[]) => Promise<unknown>;
  readonly targets: (handles: readonly number[]) => Promise<readonly RowTarget[]>;
  readonly now: () => number;
  readonly newId: () => string;
}

/** Targets of one mutation; the server takes 10,000 ids in a call, the store 2,000 in an entry. */
const CHUNK = 2000;

export function createSellerChanges({ send, targets, now, newId }: SellerChangesOptions): SellerChanges {
  const mutation = (
    op: PageMutation['op'],
    of: readonly Pick<RowTarget, 'id' | 'no'>[],
    data: PageMutation['data'],
  ): PageMutation => ({
    id: newId(),
    table: 'sellers',
    op,
    targets: of.map(({ id, no }) => ({ id, no })),
    data,
    edited_at: now(),
  });

  async function setFlags(rows: readonly RowTarget[], flagged: boolean): Promise<void> {
    for (const piece of chunk(rows, CHUNK)) await send([mutation('flag', piece, { flagged })]);
  }

  return {
    async flag(handles, flagged, progress) {
      const changed: RowTarget[] = [];
      let done = 0;
      for (const piece of chunk(handles, CHUNK)) {
        const rows = (await targets(piece)).filter((row) => row.flagged !== flagged);
        await setFlags(rows, flagged);
        changed.push(...rows);
        progress?.((done += piece.length));
      }
      return changed.length === 0 ? null : { sellers: changed.length, undo: () => setFlags(changed, !flagged) };
    },
    async rename(target, from, to) {
      await send([mutation('update', [target], { display_name: to })]);
      return {
        sellers: 1,
        undo: async () => void (await send([mutation('update', [target], { display_name: from })])),
      };
    },
  };
}
