import { afterAll, beforeAll, expect, it } from 'vitest';
import { api } from '#tests/helpers/api.ts';
import { connect, waitForSynced } from '#tests/helpers/connect.ts';
import type { FaultProxy } from '#tests/helpers/fault-proxy.ts';
import { startFaultProxy } from '#tests/helpers/fault-proxy.ts';
import { sellersGrid } from '#tests/helpers/sellers-grid.ts';
import { startExtension } from '#tests/helpers/start-extension.ts';
import type { TestServer } from '#tests/helpers/start-server.ts';
import { startServer } from '#tests/helpers/start-server.ts';

const FLAGGED = 50;
const RENAMED = 10;
let server: TestServer;
let proxy: FaultProxy;

beforeAll(async () => {
  server = await startServer({ args: ['--no-worker'], sellers: 500 });
  proxy = await startFaultProxy(server.url);
});
afterAll(async () => {
  await proxy?.close();
  await server?.stop();
});

it('50 flags and 10 names made offline survive a restart of the browser and arrive once', async () => {
  const remote = await api(server);
  const before = await remote.pullAll('sellers');
  const flaggedBefore = new Set([...before.values()].filter((row) => row.flagged).map((row) => row.id));
  let browser = await startExtension();
  let manager = await browser.openManager();
  await connect(manager, { ...server, url: proxy.url });
  await manager.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Sellers' }).click();
  let sellers = sellersGrid(manager);
  await sellers.waitForCount(before.size);

  proxy.decide = () => ({ kind: 'refuse' });
  const order = [...before.values()].sort((a, b) => b.no - a.no);
  const toFlag = order.filter((row) => !row.flagged).slice(0, FLAGGED);
  for (const { display_name: name } of toFlag) {
    await sellers.search(name);
    await sellers.grid.getByRole('button', { name: `Flag ${name}`, exact: true }).click();
    await sellers.waitForFlag(name, 5_000);
  }
  const toRename = order.slice(100, 100 + RENAMED);
  for (const { display_name: name } of toRename) {
    await sellers.search(name);
    const row = sellers.row(name);
    await row.getByRole('gridcell').nth(3).click();
    await manager.keyboard.press('e');
    const input = sellers.grid.getByRole('textbox');
    await input.fill(`renamed-${name}`);
    await manager.keyboard.press('Enter');
    await sellers.row(`renamed-${name}`).waitFor();
  }
  const showsAll = async () => {
    await manager
      .getByRole('status', { name: 'Sync' })
      .filter({ hasText: /^Offline/ })
      .waitFor();
    for (const { display_name: name } of toFlag) {
      await sellers.search(name);
      await sellers.waitForFlag(name, 5_000);
    }
    await sellers.search('renamed-');
    await sellers.waitForCount(RENAMED);
  };
  await showsAll();
  const { profileDir } = browser;
  await browser.close();

  browser = await startExtension({ profileDir });
  // The whole list, not what was looked for last.
  manager = await browser.openManager('#/sellers?filter=');
  sellers = sellersGrid(manager);
  await sellers.waitForCount(before.size);
  await showsAll();

  proxy.decide = () => ({ kind: 'pass' });
  await manager.getByRole('button', { name: 'Sync now' }).click();
  await waitForSynced(manager);
  const after = await remote.pullAll('sellers');
  expect(after.size).toBe(before.size);
  const newlyFlagged = [...after.values()]
    .filter((row) => row.flagged && !flaggedBefore.has(row.id))
    .map((row) => row.id);
  expect(newlyFlagged.sort()).toEqual(toFlag.map((row) => row.id).sort());
  for (const row of toRename) expect(after.get(row.id)?.display_name).toBe(`renamed-${row.display_name}`);
  const edits = [...(await remote.pullAll('activity')).values()].filter((row) => row.table_name === 'sellers');
  expect(edits.filter((row) => row.kind.includes('flag'))).toHaveLength(FLAGGED);
  expect(edits.filter((row) => row.kind.includes('update'))).toHaveLength(RENAMED);
  await sellers.search('renamed-');
  await sellers.waitForCount(RENAMED);
  await browser.close();
});
