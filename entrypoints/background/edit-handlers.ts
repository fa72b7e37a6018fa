import type { PageMutation } from '#lib/messaging/contract.ts';
import type { Handlers } from '#lib/messaging/serve.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { resolveAttention } from '#lib/store/attention.ts';
import { addMutations, type NewMutation } from '#lib/store/outbox.ts';
import { sellers } from '#lib/tables/sellers.ts';
import type { CurrentWorkspace, Workspace } from './workspace.ts';

export function editHandlers(
  current: CurrentWorkspace,
  sync: (fresh: boolean) => void,
): Pick<Handlers, 'mutate' | 'attention.resolve'> {
  return {
    async mutate({ mutations }) {
      await addEdits(await connected(current), mutations.map(checked));
      sync(false);
      return {};
    },

    async 'attention.resolve'({ ids, action }) {
      const { writer } = await connected(current);
      await resolveAttention(writer.own, ids, action, () => crypto.randomUUID());
      writer.written({ outbox: true });
      sync(true);
      return {};
    },
  };
}

/** Stores mutations durably; throws `storage_full` with nothing stored. */
export async function addEdits({ writer }: Workspace, mutations: readonly NewMutation[]): Promise<void> {
  if (mutations.length === 0) return;
  await addMutations(writer.own, mutations);
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
  const parsed = sellers.mutations[mutation.op]?.safeParse(mutation.data);
  if (parsed?.success === false)
    throw new AppError('invalid_data', {
      details: {
        problems: parsed.error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message })),
      },
    });
  if (mutation.targets.length === 0)
    throw new AppError('invalid_data', { details: { problems: [{ path: 'targets', message: 'none' }] } });
  return mutation;
}
