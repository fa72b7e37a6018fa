import { vi } from 'vitest';
import type { PushRequest } from '#lib/protocol/push.ts';
import type { ConnectionNote } from '#lib/platform/connection-note.ts';
import { creationHandle } from '#lib/shared/derived-id.ts';
import { connectionHandlers } from '#entrypoints/background/connection-handlers.ts';
import { editHandlers } from '#entrypoints/background/edit-handlers.ts';
import { syncWorkspace } from '#entrypoints/background/sync-workspace.ts';
import { createCurrentWorkspace, type CurrentWorkspace } from '#entrypoints/background/workspace.ts';
import type { Connection } from '#lib/store/types.ts';
import type { Member, ServerUnderTest } from '#tests/server/server-under-test.ts';

export const SERVER = 'https://server.test';

/** One mutation as it went over the wire, and whose token it went with. */
export interface Sent {
  readonly id: string;
  readonly token: string;
}

/** One browser: the background's own parts on fake-indexeddb, and the real server behind its fetch. */
export interface BrowserUnderTest {
  readonly current: CurrentWorkspace;
  readonly handlers: ReturnType<typeof connectionHandlers> & ReturnType<typeof editHandlers>;
  readonly sent: Sent[];
  /** Runs before each push reaches the server, and after its answer has left it. */
  readonly gate: { before: () => Promise<void>; after: () => Promise<void> };
  /** After each sync that a command waits for. */
  afterSync: () => Promise<void>;
  reachable: boolean;
  signIn(member: Member): Promise<void>;
  /** Signs in and syncs. */
  connect(member: Member): Promise<void>;
  sync(): Promise<void>;
  /** Adds a seller of that name in whatever workspace is connected; resolves to the mutation's id. */
  add(name: string, storeKey?: string): Promise<string>;
  close(): Promise<void>;
}

export function openBrowser({ app, clock }: ServerUnderTest): BrowserUnderTest {
  let noted: Connection | null = null;
  const note: ConnectionNote = {
    write: async (connection) => void (noted = connection === null ? null : { ...connection, token: null }),
    read: async () => noted,
  };
  const current = createCurrentWorkspace(() => undefined, note);
  const sync = () => syncWorkspace(current, true);
  const syncThen = async (): Promise<void> => {
    await sync();
    await browser.afterSync();
  };
  const browser: BrowserUnderTest = {
    current,
    handlers: {
      ...connectionHandlers({ current, sync: syncThen, note, unschedule: () => Promise.resolve() }),
      ...editHandlers(current, () => undefined),
    },
    sent: [],
    gate: { before: () => Promise.resolve(), after: () => Promise.resolve() },
    afterSync: () => Promise.resolve(),
    reachable: true,
    async signIn({ email }) {
      const password = email.replace(/^member(\d+)@.*$/, 'password-$1');
      await browser.handlers['connection.connect']({ server: SERVER, email, password });
    },
    async connect(member) {
      await browser.signIn(member);
      await sync();
    },
    sync,
    async add(name, storeKey) {
      const id = crypto.randomUUID();
      const row = crypto.randomUUID();
      const targets = [{ id: row, no: creationHandle(row) }];
      const mutation = { id, table: 'sellers' as const, op: 'create' as const, targets, edited_at: clock.now() };
      await browser.handlers.mutate({
        mutations: [{ ...mutation, data: { display_name: name } }],
        ...(storeKey === undefined ? {} : { store_key: storeKey }),
      });
      return id;
    },
    close: () => current.reset(),
  };
  vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    if (!browser.reachable) throw new TypeError('Failed to fetch');
    const address = input instanceof Request ? input.url : String(input);
    if (!address.endsWith('/sync/push')) return app.request(address, init);
    const token = new Headers(init?.headers).get('authorization')?.replace('Bearer ', '') ?? '';
    const { mutations } = JSON.parse(String(init?.body)) as PushRequest;
    browser.sent.push(...mutations.map(({ id }) => ({ id, token })));
    await browser.gate.before();
    const answer = await app.request(address, init);
    await browser.gate.after();
    return answer;
  });
  return browser;
}
