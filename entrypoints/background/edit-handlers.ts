import type { PageMutation } from '#lib/messaging/contract.ts';
import type { Handlers } from '#lib/messaging/serve.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { resolveAttention } from '#lib/store/attention.ts';
import { roomForEdits } from '#lib/store/disk-full.ts';
import { onceMore } from '#lib/store/stand-aside.ts';
import { addMutations, type NewMutation } from '#lib/store/outbox.ts';
import { unpackTargets } from '#lib/store/packed-targets.ts';
import { sellers } from '#lib/tables/sellers.ts';
import { mutationSchemas } from '#lib/tables/wire-schemas.ts';
import type { CurrentWorkspace, Workspace } from './workspace.ts';

export function editHandlers(
  current: CurrentWorkspace,
  sync: (fresh: boolean) => void,
): Pick<Handlers, 'mutate' | 'attention.resolve' | 'attention.edit'> {
  const context = () => ({ now: Date.now(), newId: () => crypto.randomUUID() });

  return {
    async mutate({ mutations, store_key: storeKey }) {
      const edits = mutations.map(checked);
      await onceMore(async () => {
        const workspace = await connected(current);
        // Made in a workspace that this browser has left meanwhile: none of the one it is in now.
        if (storeKey !== undefined && storeKey !== workspace.connection.store_key) throw new AppError('signed_out');
        await addEdits(workspace, edits);
      });
      sync(false);
      return {};
    },

    async 'attention.resolve'({ ids, action }) {
      const { writer } = await connected(current);
      await resolveAttention(writer.own, ids, { action }, context());
      writer.written({ outbox: true });
      sync(true);
      return {};
    },

    async 'attention.edit'({ id, data }) {
      const { writer } = await connected(current);
      // Gone: resolved from another page, or by this command before it was repeated.
      const refused = await writer.own.attention.get(id);
      if (refused === undefined) return {};
      checkData(refused.op, data);
      await resolveAttention(writer.own, [id], { action: 'retry', data }, context());
      writer.written({ outbox: true });
      sync(true);
      return {};
    },
  };
}

/** Stores mutations durably; throws `storage_full` with nothing stored. */
export async function addEdits({ writer }: Workspace, mutations: readonly NewMutation[]): Promise<void> {
  if (mutations.length === 0) return;
  await addMutations(writer.own, mutations, await roomForEdits());
  writer.written({ outbox: true });
}

/** Throws `signed_out` when no workspace is connected. */
export async function connected(current: CurrentWorkspace): Promise<Workspace> {
  const workspace = await current.get();
  if (workspace === null) throw new AppError('signed_out');
  return workspace;
}

// What the server would refuse is refused while the person is still there to mend it.
function checked(mutation: PageMutation): NewMutation {
  const { op, rows } = mutation;
  const targets = unpackTargets(mutation.targets);
  if (rows === undefined) checkData(op, mutation.data);
  else if (op === 'create' && rows.length === targets.length) for (const row of rows) checkData(op, row);
  else
    throw new AppError('invalid_data', {
      details: { problems: [{ path: 'rows', message: 'not one for each target' }] },
    });
  if (targets.length === 0)
    throw new AppError('invalid_data', { details: { problems: [{ path: 'targets', message: 'none' }] } });
  return { ...mutation, targets };
}

function checkData(op: PageMutation['op'], data: Record<string, unknown>): void {
  const parsed = mutationSchemas(sellers)[op]?.safeParse(data);
  if (parsed?.success !== false) return;
  const problems = parsed.error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }));
  throw new AppError('invalid_data', { details: { problems } });
}
