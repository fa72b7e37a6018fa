import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Api } from '#tests/helpers/api.ts';
import { api } from '#tests/helpers/api.ts';
import { expectClientIsServer } from '#tests/helpers/client-is-server.ts';
import { connectByMessage } from '#tests/helpers/connect-by-message.ts';
import { drain } from '#tests/helpers/drain.ts';
import type { EditBook } from '#tests/helpers/edit-book.ts';
import { createEditBook, editKinds } from '#tests/helpers/edit-book.ts';
import type { Fault, FaultProxy } from '#tests/helpers/fault-proxy.ts';
import { startFaultProxy } from '#tests/helpers/fault-proxy.ts';
import { ownEntries } from '#tests/helpers/own-entries.ts';
import { seededRandom } from '#tests/helpers/seeded-random.ts';
import { sendCommand } from '#tests/helpers/send-command.ts';
import { soakRuns } from '#tests/helpers/soak-runs.ts';
import { startExtension } from '#tests/helpers/start-extension.ts';
import type { TestServer } from '#tests/helpers/start-server.ts';
import { startServer } from '#tests/helpers/start-server.ts';

const first = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
const seeds = Array.from({ length: soakRuns(1) }, (_, at) => first + at);
const EDITS = 25;

let server: TestServer;
let proxy: FaultProxy;
let remote: Api;
let book: EditBook;
let browser: Awaited<ReturnType<typeof startExtension>>;
let manager: Page;

beforeAll(async () => {
  server = await startServer({ args: ['--no-worker'], sellers: 5_000 });
  proxy = await startFaultProxy(server.url);
  remote = await api(server);
  book = createEditBook((await remote.pullAll('sellers')).values(), `edit${first}`);
  browser = await startExtension();
  await connectByMessage(browser, { ...server, url: proxy.url });
});
afterAll(async () => {
  await browser?.close();
  await proxy?.close();
  await server?.stop();
});
beforeEach(async () => {
  proxy.decide = () => pass;
  manager = await browser.openManager('#/sellers');
  await drain(manager);
});
/** Whatever went wrong on the way, no edit is lost or made twice. */
afterEach(async () => {
  proxy.decide = () => pass;
  await drain(manager);
  await book.expectEachOnce(remote);
  await expectClientIsServer(manager, remote);
  expect((await ownEntries(manager)).attention).toEqual([]);
  await manager.close();
});

const pass: Fault = { kind: 'pass' };
const onSync = (fault: () => Fault) => {
  proxy.decide = ({ path }) => (path.startsWith('/sync/') ? fault() : pass);
};
const status = (beginning: RegExp, within: number) =>
  manager.getByRole('status', { name: 'Sync' }).filter({ hasText: beginning }).waitFor({ timeout: within });
const syncNow = () => manager.getByRole('button', { name: 'Sync now' }).click();
const makeEdits = async (count: number) => {
  for (let made = 0; made < count; made++) {
    expect((await book.make(manager, editKinds[made % editKinds.length] ?? 'flag')).answered).toBe(true);
  }
};

it('answers that are lost after the server has done its work', async () => {
  let answers = 0;
  onSync(() => (answers++ < 3 ? { kind: 'drop_answer' } : pass));
  await makeEdits(editKinds.length);
  await status(/^Synced/, 20_000);
  expect(proxy.pushes.some(({ fault }) => fault === 'drop_answer')).toBe(true);
});

it.each(seeds)('a connection that stays open and falls silent is given up within 15 s (SEED=%i)', async (seed) => {
  const after = Math.floor(seededRandom(seed)() * 3) * 20;
  onSync(() => ({ kind: 'half_open', after }));
  const from = Date.now();
  await makeEdits(2);
  await status(/^Offline/, 15_000);
  process.stdout.write(`silent after ${after} bytes: Offline after ${Date.now() - from} ms\n`);
  expect(Date.now() - from).toBeGreaterThan(9_000);
  proxy.decide = () => pass;
  await syncNow();
  await status(/^Synced/, 15_000);
});

it('a server that asks for 3 s is left alone for 3 s, whoever taps Sync now', async () => {
  let asked = 0;
  onSync(() => {
    if (asked > 0) return pass;
    asked = Date.now();
    return { kind: 'answer', status: 429, headers: { 'retry-after': '3' }, body: TOO_MANY };
  });
  const from = proxy.seen.length;
  await makeEdits(2);
  await status(/^Offline/, 2_500);
  await syncNow();
  await sendCommand(manager, 'sync.now', {});
  await status(/^Synced/, 15_000);
  // Tables are pulled side by side: what was on its way at that moment nobody calls back.
  const later = proxy.times.filter(
    (time, at) => at >= from && time > asked + 100 && proxy.seen[at]?.includes(' /sync/'),
  );
  expect(Math.min(...later) - asked).toBeGreaterThanOrEqual(2_950);
});

it('a server that is not ready for a while', async () => {
  onSync(() => ({ kind: 'answer', status: 503, body: NOT_READY }));
  await makeEdits(3);
  await status(/^Offline/, 10_000);
  await sleep(2_000);
  proxy.decide = () => pass;
  // Nobody taps: the retries of the spell find it.
  await status(/^Synced/, 20_000);
});

it('answers that break off in the middle', async () => {
  let answers = 0;
  onSync(() => (answers++ < 3 ? { kind: 'cut', after: 30 } : pass));
  await makeEdits(editKinds.length);
  await status(/^Synced/, 20_000);
  expect(answers).toBeGreaterThan(3);
});

it.each(seeds)('a line that does all of it at random (SEED=%i)', async (seed) => {
  const random = seededRandom(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const faults: Fault[] = [
    { kind: 'drop_answer' },
    { kind: 'cut', after: Math.floor(random() * 2_000) },
    { kind: 'refuse' },
    { kind: 'delay', ms: 200 },
    { kind: 'answer', status: 503, body: NOT_READY },
    { kind: 'answer', status: 429, headers: { 'retry-after': '1' }, body: TOO_MANY },
    { kind: 'half_open', after: Math.floor(random() * 200) },
  ];
  onSync(() => (random() < 0.4 ? pass : pick(faults)));
  for (let made = 0; made < EDITS; made++) {
    await sleep(random() * 300);
    await book.make(manager, pick(editKinds));
    if (random() < 0.2) void sendCommand(manager, 'sync.now', {}).catch(() => null);
    if (random() < 0.1) await browser.stopWorker();
  }
});

const TOO_MANY = { error: { code: 'too_many_requests', message: 'slower', details: {} } };
const NOT_READY = { error: { code: 'unavailable', message: 'not ready', details: {} } };
