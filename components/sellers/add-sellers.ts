import type { PageMutation } from '#lib/messaging/contract.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { chunk } from '#lib/shared/chunk.ts';
import { creationHandle } from '#lib/shared/derived-id.ts';
import { toAppError } from '#lib/shared/to-app-error.ts';
import { MAX_TARGETS } from '#lib/store/mutation-pieces.ts';
import type { AttentionEntry, Target } from '#lib/store/types.ts';
import type { SellerChange } from './seller-changes.ts';

/** A part of the additions, or of what takes them back. */
export type Addition = Omit<PageMutation, 'targets'> & { targets: Target[] };

export interface AddingOptions {
  readonly send: (mutations: Addition[]) => Promise<unknown>;
  readonly refused: () => Promise<readonly Pick<AttentionEntry, 'id'>[]>;
  readonly now: () => number;
  readonly newId: () => string;
}

/**
 * Adds sellers by hand, an outbox entry for each 2,000 of them; `progress` hears how many are stored. Throws the
 * background's AppError when none could be stored. Taken back, they are deleted again, but for
 * those that a colleague has added meanwhile: the server led these to the colleague's rows.
 */
export async function addSellers(
  { send, refused, now, newId }: AddingOptions,
  names: readonly string[],
  progress: (done: number) => void,
): Promise<SellerChange> {
  const edited_at = now();
  const parts: { id: string; targets: Target[] }[] = [];
  let done = 0;
  let failure: AppError | null = null;
  for (const some of chunk(names, MAX_TARGETS)) {
    const part = { id: newId(), targets: some.map(() => newTarget(newId())) };
    const rows = some.map((display_name) => ({ display_name, source: 'manual' }));
    try {
      await send([{ ...part, table: 'sellers', op: 'create', data: {}, rows, edited_at }]);
    } catch (thrown) {
      if (done === 0) throw thrown;
      failure = toAppError(thrown);
      break;
    }
    parts.push(part);
    progress((done += some.length));
  }
  return {
    sellers: done,
    failure,
    async undo() {
      const entries = new Set((await refused()).map(({ id }) => id));
      const taken = parts.filter(({ id }) => !entries.has(id));
      if (taken.length === 0) throw new AppError('nothing_to_undo');
      for (const { targets } of taken)
        await send([
          { id: newId(), table: 'sellers', op: 'delete', targets, data: { own_ids: true }, edited_at: now() },
        ]);
    },
  };
}

function newTarget(id: string): Target {
  return { id, no: creationHandle(id) };
}
