import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Api } from '#tests/helpers/api.ts';
import { api } from '#tests/helpers/api.ts';
import { expectClientIsServer } from '#tests/helpers/client-is-server.ts';
import { connectByMessage } from '#tests/helpers/connect-by-message.ts';
import { drain } from '#tests/helpers/drain.ts';
import type { EditBook } from '#tests/helpers/edit-book.ts';
import { createEditBook, editKinds } from '#tests/helpers/edit-book.ts';
import type { Fault, FaultProxy } from '#tests/helpers/fault-proxy.ts';
import { startFaultProxy } from '#tests/helpers/fault-proxy.ts';
import { killBrowser } from '#tests/helpers/kill-browser.ts';
import { ownEntries } from '#tests/helpers/own-entries.ts';
import { seededRandom } from '#tests/helpers/seeded-random.ts';
import { sellersGrid } from '#tests/helpers/sellers-grid.ts';
import { soakRuns } from '#tests/helpers/soak-runs.ts';
import { startExtension } from '#tests/helpers/start-extension.ts';
import type { TestServer } from '#tests/helpers/start-server.ts';
import { startServer } from '#tests/helpers/start-server.ts';
import { temporaryFolder } from '#tests/helpers/temporary-folder.ts';
import { waitUntil } from '#tests/helpers/wait-until.ts';

const SELLERS = 20_000;
const KILLS_IN_A_SYNC = 2;
const first = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
const seeds = (share: number) => Array.from({ length: soakRuns(share) }, (_, at) => first + at);

let server: TestServer;
let proxy: FaultProxy;
let remote: Api;
let book: EditBook;
/** Kept from kill to kill. */
const kept = join(temporaryFolder('browser'), 'kept');

beforeAll(async () => {
  server = await startServer({ args: ['--no-worker'], sellers: SELLERS });
  proxy = await startFaultProxy(server.url);
  remote = await api(server);
  book = createEditBook((await remote.pullAll('sellers')).values(), `edit${first}`);
  const browser = await startExtension({ profileDir: kept });
  await connectByMessage(browser, { ...server, url: proxy.url });
  await drain(await browser.openManager());
  await browser.close();
});
afterAll(async () => {
  await proxy?.close();
  await server?.stop();
});

const pass: Fault = { kind: 'pass' };
const open = new Set<{ close(): Promise<void> }>();
// A browser that a failure left would hold the profile against the next test.
afterEach(async () => {
  for (const browser of open) await browser.close().catch(() => undefined);
  open.clear();
});
const start = async (profileDir: string) => {
  const browser = await startExtension({ profileDir });
  open.add(browser);
  return { browser, manager: await browser.openManager('#/sellers') };
};
const settle = async ({ browser, manager }: Awaited<ReturnType<typeof start>>) => {
  proxy.decide = () => pass;
  await drain(manager);
  await book.expectEachOnce(remote);
  expect((await ownEntries(manager)).attention).toEqual([]);
  await expectClientIsServer(manager, remote);
  await browser.close();
};
const kill = async (profileDir: string, browser: { close(): Promise<void> }) => {
  await killBrowser(join(profileDir, 'profile'));
  await browser.close().catch(() => undefined);
};

it.each(seeds(2))('no edit shown as saved is lost when the browser is killed right after (SEED=%i)', async (seed) => {
  const random = seededRandom(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const faults: Fault[] = [{ kind: 'refuse' }, { kind: 'drop_answer' }, { kind: 'delay', ms: 300 }, pass];
  const fault = pick(faults);
  proxy.decide = ({ path }) => (path === '/sync/push' ? fault : pass);
  const { browser, manager } = await start(kept);
  for (let left = Math.floor(random() * 8); left > 0; left--) await book.make(manager, pick(editKinds));
  if (random() < 0.5) {
    const { display_name: name } = book.takeForFlag();
    const sellers = sellersGrid(manager);
    await sellers.search(name);
    await sellers.grid.getByRole('button', { name: `Flag ${name}`, exact: true }).click();
    await sellers.waitForFlag(name, 5_000);
  } else expect((await book.make(manager, pick(editKinds))).answered).toBe(true);
  await sleep(random() * 50);
  await kill(kept, browser);

  const again = await start(kept);
  const held = new Set((await ownEntries(again.manager)).outbox.map(({ id }) => id));
  // In this order: what has left the outbox is on the server.
  const missing = await book.missing(remote);
  expect(missing.filter((id) => id !== '' && !held.has(id))).toEqual([]);
  await settle(again);
});

it.each(seeds(1))('a first sync that is killed ends with the server’s rows (SEED=%i)', async (seed) => {
  const random = seededRandom(seed);
  const profileDir = join(temporaryFolder('browser'), 'first');
  proxy.decide = ({ path }) => (path.startsWith('/sync/sellers') ? { kind: 'delay', ms: 400 } : pass);
  for (let kills = 0; kills < KILLS_IN_A_SYNC; kills++) {
    const { browser } = await start(profileDir);
    const before = sellerPulls();
    if (kills === 0) await connectByMessage(browser, { ...server, url: proxy.url });
    await killInPull(profileDir, browser, before + 1 + Math.floor(random() * 2), random() * 500);
  }
  await settle(await start(profileDir));
});

it.each(seeds(1))(
  'a rebuild that is killed ends with the server’s rows and keeps the outbox (SEED=%i)',
  async (seed) => {
    const random = seededRandom(seed);
    let refusals = 1;
    proxy.decide = ({ path }) => {
      if (!path.startsWith('/sync/sellers')) return pass;
      return refusals-- > 0 ? { kind: 'answer', status: 410, body: EXPIRED } : { kind: 'delay', ms: 400 };
    };
    for (let kills = 0; kills < KILLS_IN_A_SYNC; kills++) {
      const before = sellerPulls();
      const browser = await startExtension({ profileDir: kept });
      const manager = await browser.openManager();
      // The first ones are pushed before the pull that is refused, the last ones wait while the base is rebuilt.
      for (const kind of editKinds) expect((await book.make(manager, kind)).answered).toBe(true);
      await killInPull(kept, browser, before + 2 + Math.floor(random() * 2), random() * 500);
    }
    expect(refusals).toBeLessThan(1);
    await settle(await start(kept));
  },
);

const EXPIRED = { error: { code: 'cursor_expired', message: 'too old', details: {} } };
const sellerPulls = () => proxy.seen.filter((request) => request === 'GET /sync/sellers').length;

async function killInPull(profileDir: string, browser: { close(): Promise<void> }, pulls: number, ms: number) {
  await waitUntil(`pull ${pulls}`, () => sellerPulls() >= pulls, 20_000);
  await sleep(ms);
  await kill(profileDir, browser);
}
