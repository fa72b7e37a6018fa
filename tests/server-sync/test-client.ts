import { createApi } from '#lib/api/client.ts';
import { creationHandle } from '#lib/shared/derived-id.ts';
import { readTableOf } from '#lib/store/read-table.ts';
import { addMutations, type NewMutation } from '#lib/store/outbox.ts';
import type { StoredRow, Target } from '#lib/store/types.ts';
import { openWriter, type StoreWriter } from '#lib/store/writer.ts';
import { createSyncLoop } from '#lib/sync/sync-loop.ts';
import type { Member, ServerUnderTest } from '#tests/server/server-under-test.ts';

export type Fault = 'none' | 'request lost' | 'answer lost';

/** One browser of a member: the real store and sync loop, on the real server through its own fetch. */
export interface TestClient {
  readonly writer: StoreWriter;
  /** How the next calls fare, in order; further ones are well. */
  faults: Fault[];
  signedOut: boolean;
  sync(): Promise<void>;
  edit(op: NewMutation['op'], targets: Target[], data: Record<string, unknown>): Promise<string>;
  /** Adds a seller of that name; its target until the server has confirmed it, and after. */
  create(name: string): Promise<Target>;
  rows(): Promise<StoredRow[]>;
  close(): void;
}

let opened = 0;

export async function openTestClient({ app, clock }: ServerUnderTest, { token, orgId }: Member): Promise<TestClient> {
  const writer = await openWriter(`test-client-${++opened}`);
  const client: TestClient = {
    writer,
    faults: [],
    signedOut: false,
    sync: () => loop.request(true),
    async edit(op, targets, data) {
      const id = crypto.randomUUID();
      await addMutations(writer.own, [{ id, table: 'sellers', op, targets, data, edited_at: clock.now() }]);
      return id;
    },
    async create(name) {
      const id = crypto.randomUUID();
      const target = { id, no: creationHandle(id) };
      await client.edit('create', [target], { display_name: name });
      return target;
    },
    rows: () => readTableOf(writer.base, 'sellers'),
    close: () => writer.close(),
  };
  async function faultyFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const fate = client.faults.shift() ?? 'none';
    if (fate === 'request lost') throw new TypeError('Failed to fetch');
    const answer = await app.request(input instanceof URL ? input.href : input, init);
    if (fate === 'answer lost') throw new TypeError('Failed to fetch');
    return answer;
  }
  const loop = createSyncLoop({
    api: createApi({ server: 'http://server.test', token, orgId, fetch: faultyFetch }),
    writer,
    now: clock.now,
    random: () => 0.5,
    newId: () => crypto.randomUUID(),
    sleep: () => Promise.resolve(),
    isOnline: () => true,
    withLock: (_name, work) => work(),
    keepAlive: () => () => undefined,
    signedOut: async () => {
      client.signedOut = true;
    },
  });
  return client;
}
