import 'fake-indexeddb/auto';
import { readFileSync, writeFileSync } from 'node:fs';
import { creationHandle } from '#lib/shared/derived-id.ts';
import { addMutations, type NewMutation } from '#lib/store/outbox.ts';
import { takeBatch } from '#lib/store/outbox-sending.ts';
import { writeConnection } from '#lib/store/write-connection.ts';
import { openWriter } from '#lib/store/writer.ts';
import { createSyncLoop } from '#lib/sync/sync-loop.ts';
import { createMemoryServer } from '#tests/helpers/memory-server.ts';
import { sellerId, wireSeller } from '#tests/helpers/sample-sellers.ts';
import { dumpRelease } from '#tests/helpers/store-release.ts';

/*
 * Keeps what this release leaves in a browser, with everything that can be in there, as a fixture that
 * later releases must be able to open: `node scripts/keep-store-release.ts`, once for every release.
 */

const STORE_KEY = '0123456789abcdef0123';
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const server = createMemoryServer();
const writer = await openWriter(STORE_KEY);
let pulls = true;

async function sync(): Promise<void> {
  await createSyncLoop({
    api: {
      push: (request) => server.api.push(request),
      pull: (table, options) =>
        pulls ? server.api.pull(table, options) : Promise.reject(new TypeError('Failed to fetch')),
    },
    writer,
    now: Date.now,
    random: () => 0.5,
    newId: () => '30000000-0000-4000-8000-000000000001',
    sleep: () => Promise.resolve(),
    isOnline: () => false,
    withLock: (_name, work) => work(),
    keepAlive: () => () => undefined,
    signedOut: () => Promise.resolve(),
  }).request(true);
}

let mutations = 0;
async function edit(op: NewMutation['op'], no: number, data: Record<string, unknown>): Promise<void> {
  const id = `10000000-0000-4000-8000-${String(++mutations).padStart(12, '0')}`;
  const target = op === 'create' ? sellerId(900 + mutations) : sellerId(no);
  const targets = [{ id: target, no: op === 'create' ? creationHandle(target) : no }];
  await addMutations(writer.own, [{ id, table: 'sellers', op, targets, data, edited_at: Date.now() }]);
}

await writeConnection({
  server: 'https://server.example.com',
  token: 'token-of-the-release',
  email: 'member@example.com',
  user_id: 'user',
  org_id: 'org',
  org_name: 'Team',
  store_key: STORE_KEY,
});
for (let no = 0; no < 40; no++) server.add(wireSeller(no, 0));
await sync();
for (let no = 0; no < 3; no++) server.change(sellerId(no), { note: 'changed later' });
await sync();
await edit('update', 5, { display_name: '' });
await sync();
await edit('create', 0, { display_name: 'Confirmed' });
await edit('flag', 6, { flagged: true });
pulls = false;
await sync();
await edit('create', 0, { display_name: 'On its way' });
await takeBatch(writer.own, { mutations: 10, ids: 100, bytes: 10_000 });
await edit('create', 0, { display_name: 'Waiting' });
await edit('delete', 7, {});
writer.close();
const path = `tests/fixtures/store-releases/${version}.json`;
writeFileSync(path, `${JSON.stringify(await dumpRelease(), null, 1)}\n`);
process.stdout.write(`${path}\n`);
process.exit(0);
