import { signIn, signOut } from '#lib/api/sign-in.ts';
import type { Input } from '#lib/messaging/contract.ts';
import type { Handlers } from '#lib/messaging/serve.ts';
import type { ConnectionNote } from '#lib/platform/connection-note.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { withinMs } from '#lib/shared/within-ms.ts';
import { createStore } from '#lib/store/create-store.ts';
import { deleteStore, finishLeaving, isAllSent } from '#lib/store/delete-store.ts';
import { readConnection } from '#lib/store/device-database.ts';
import { storeKeyOf } from '#lib/store/store-key.ts';
import type { Connection } from '#lib/store/types.ts';
import { forgetConnection, writeConnection } from '#lib/store/write-connection.ts';
import type { CurrentWorkspace } from './workspace.ts';

/** A command that is answered later is asked again, and would then begin another sync. */
const SEND_MS = 25_000;

interface ConnectionParts {
  current: CurrentWorkspace;
  sync: () => Promise<void>;
  note: ConnectionNote;
  /** Takes back what the workspace had the browser do on its own. */
  unschedule: () => Promise<void>;
}

/** Connecting again to the same account and workspace finds the outbox that was kept. */
export function connectionHandlers({
  current,
  sync,
  note,
  unschedule,
}: ConnectionParts): Pick<Handlers, 'connection.connect' | 'connection.disconnect'> {
  return {
    async 'connection.connect'(typed) {
      const { server, token, me } = await signIn(typed);
      const connection: Connection = {
        server,
        token,
        email: me.user.email,
        user_id: me.user.id,
        org_id: me.org.id,
        org_name: me.org.name,
        store_key: await storeKeyOf(server, me.user.id, me.org.id),
      };
      await current.reset(() => replaceConnection(connection));
      void sync().catch(() => undefined);
      return { org: me.org.name, email: me.user.email };
    },

    async 'connection.disconnect'({ unsent }) {
      // What did not come through is found below, in the outbox.
      if (unsent === 'send') await withinMs(SEND_MS, sync()).catch(() => undefined);
      await current.reset(() => leave(unsent, note));
      await unschedule();
      return {};
    },
  };
}

async function replaceConnection(connection: Connection): Promise<void> {
  const before = await readConnection();
  await finishLeaving();
  await createStore(connection.store_key);
  await writeConnection(connection);
  if (before === undefined) return;
  endSession(before);
  // Its outbox stays for its account. What cannot be deleted now is in nobody's way.
  if (before.store_key !== connection.store_key) await deleteStore(before.store_key, 'keep').catch(() => undefined);
}

// Nobody has the store open any more, so an edit is either in the outbox by now or was never said to be saved.
async function leave(unsent: Input<'connection.disconnect'>['unsent'], note: ConnectionNote): Promise<void> {
  const connection = await readConnection();
  if (connection === undefined) return;
  // Data that cannot be read stays connected too, because connecting again would only meet it again.
  const allSent = unsent === 'discard' || (await isAllSent(connection.store_key));
  if (unsent === 'send' && !allSent) throw new AppError('still_unsent');
  await note.write(null);
  await forgetConnection(unsent === 'discard' ? 'discard' : 'keep');
  endSession(connection);
  await finishLeaving();
}

// Without a network the token stays valid at the server until it expires; nothing here knows it any more.
function endSession({ server, token }: Connection): void {
  if (token !== null) void signOut(server, token).catch(() => undefined);
}
