import { signIn, signOut } from '#lib/api/sign-in.ts';
import type { Handlers } from '#lib/messaging/serve.ts';
import { dropAlarm } from '#lib/platform/alarm.ts';
import { deleteStore } from '#lib/store/delete-store.ts';
import { storeKeyOf } from '#lib/store/store-key.ts';
import { forgetConnection, writeConnection } from '#lib/store/write-connection.ts';
import { SYNC_ALARM } from './schedule.ts';
import type { CurrentWorkspace } from './workspace.ts';

/** Connecting again to the same account and workspace finds the outbox that was kept. */
export function connectionHandlers(
  current: CurrentWorkspace,
  sync: () => void,
): Pick<Handlers, 'connection.connect' | 'connection.disconnect'> {
  return {
    async 'connection.connect'(typed) {
      const { server, token, me } = await signIn(typed);
      await current.reset();
      await writeConnection({
        server,
        token,
        email: me.user.email,
        user_id: me.user.id,
        org_id: me.org.id,
        org_name: me.org.name,
        store_key: await storeKeyOf(server, me.user.id, me.org.id),
      });
      sync();
      return { org: me.org.name, email: me.user.email };
    },

    async 'connection.disconnect'({ unsent }) {
      const workspace = await current.get();
      if (workspace === null) return {};
      const { server, token, store_key: storeKey } = workspace.connection;
      await current.reset();
      await forgetConnection();
      await deleteStore(storeKey, unsent);
      await dropAlarm(SYNC_ALARM);
      // Without a network the token stays valid at the server until it expires; nothing here knows it any more.
      if (token !== null) void signOut(server, token).catch(() => undefined);
      return {};
    },
  };
}
