import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Api } from '#tests/helpers/api.ts';
import { api } from '#tests/helpers/api.ts';
import { expectClientIsServer } from '#tests/helpers/client-is-server.ts';
import { connectByMessage } from '#tests/helpers/connect-by-message.ts';
import { drain } from '#tests/helpers/drain.ts';
import type { EditBook } from '#tests/helpers/edit-book.ts';
import { createEditBook, editKinds } from '#tests/helpers/edit-book.ts';
import type { FaultProxy } from '#tests/helpers/fault-proxy.ts';
import { startFaultProxy } from '#tests/helpers/fault-proxy.ts';
import { ownEntries } from '#tests/helpers/own-entries.ts';
import { seededRandom } from '#tests/helpers/seeded-random.ts';
import { soakRuns } from '#tests/helpers/soak-runs.ts';
import { startExtension } from '#tests/helpers/start-extension.ts';
import type { TestServer } from '#tests/helpers/start-server.ts';
import { startServer } from '#tests/helpers/start-server.ts';
import { temporaryFolder } from '#tests/helpers/temporary-folder.ts';

const EDITS = 24;
const first = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
const seeds = Array.from({ length: soakRuns(1) }, (_, at) => first + at);

let server: TestServer;
let proxy: FaultProxy;
let remote: Api;
let book: EditBook;

beforeAll(async () => {
  server = await startServer({ args: ['--no-worker'], sellers: 5_000 });
  proxy = await startFaultProxy(server.url);
  remote = await api(server);
  book = createEditBook((await remote.pullAll('sellers')).values(), `edit${first}`);
});
afterAll(async () => {
  await proxy?.close();
  await server?.stop();
});

it.each(seeds)('a profile copied with unsent edits in it loses none and applies none twice (SEED=%i)', async (seed) => {
  const random = seededRandom(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const folder = temporaryFolder('browser');
  const profileDir = join(folder, 'original');
  proxy.decide = () => ({ kind: 'pass' });
  const before = await startExtension({ profileDir });
  await connectByMessage(before, { ...server, url: proxy.url });
  const manager = await before.openManager('#/sellers');
  await drain(manager);
  // Some are sent, with the answer lost, when the profile is copied; the others were never sent.
  const fault = random() < 0.5 ? ({ kind: 'drop_answer' } as const) : ({ kind: 'refuse' } as const);
  proxy.decide = ({ path }) => (path === '/sync/push' ? fault : { kind: 'pass' });
  for (let made = 0; made < EDITS; made++) expect((await book.make(manager, pick(editKinds))).answered).toBe(true);
  expect((await ownEntries(manager)).outbox).toHaveLength(EDITS);
  await before.close();
  const copyDir = join(folder, 'copy');
  cpSync(profileDir, copyDir, { recursive: true, verbatimSymlinks: true });

  proxy.decide = () => ({ kind: 'pass' });
  const [one, other] = await Promise.all([startExtension({ profileDir }), startExtension({ profileDir: copyDir })]);
  const pages = [await one.openManager('#/sellers'), await other.openManager('#/sellers')] as const;
  // Both go on working, and know of each other's edits in the end.
  await Promise.all(pages.map((page) => book.make(page, pick(editKinds))));
  await Promise.all(pages.map((page) => drain(page)));
  await book.expectEachOnce(remote);
  for (const page of pages) {
    await drain(page);
    expect((await ownEntries(page)).attention).toEqual([]);
    await expectClientIsServer(page, remote);
  }
  await one.close();
  await other.close();
});
