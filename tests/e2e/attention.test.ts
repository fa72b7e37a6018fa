import type { Page } from '@playwright/test';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Api } from '#tests/helpers/api.ts';
import { api } from '#tests/helpers/api.ts';
import { checkScreen } from '#tests/helpers/check-screen.ts';
import { connect, waitForSynced } from '#tests/helpers/connect.ts';
import type { FaultProxy } from '#tests/helpers/fault-proxy.ts';
import { startFaultProxy } from '#tests/helpers/fault-proxy.ts';
import { sellersGrid } from '#tests/helpers/sellers-grid.ts';
import { startExtension } from '#tests/helpers/start-extension.ts';
import type { TestServer } from '#tests/helpers/start-server.ts';
import { startServer } from '#tests/helpers/start-server.ts';
import { waitForFocus } from '#tests/helpers/wait-for-focus.ts';
import { waitUntil } from '#tests/helpers/wait-until.ts';

let server: TestServer;
let proxy: FaultProxy;
let browser: Awaited<ReturnType<typeof startExtension>>;
let manager: Page;
let remote: Api;

beforeAll(async () => {
  server = await startServer({ args: ['--no-worker'], sellers: 50 });
  proxy = await startFaultProxy(server.url);
  remote = await api(server);
  browser = await startExtension();
  manager = await browser.openManager('#/sellers');
  await connect(manager, { ...server, url: proxy.url });
  await open('Sellers');
  await sellersGrid(manager).waitForCount(50);
});
afterAll(async () => {
  await browser?.close();
  await proxy?.close();
  await server?.stop();
});

it('a name that a colleague took first is refused, shown, and mended where it is listed', async () => {
  const sellers = sellersGrid(manager);
  const [mine, theirs] = await twoSellers();
  await offline();
  await rename(mine.display_name, 'wanted by two');
  await renameRemotely(theirs.id, 'Wanted by two');
  await online();

  // The row has the server's value again, and says that something is wrong.
  await sellers
    .row(mine.display_name)
    .getByRole('button', { name: /^error/ })
    .click();
  const dialog = manager.getByRole('dialog', { name: 'Needs attention' });
  const what = `Rename ${mine.display_name} to wanted by two`;
  await dialog.getByText('Another seller is called wanted by two already.').waitFor();
  await waitForFocus(dialog.getByRole('button', { name: `Retry: ${what}` }));

  // Escape leaves the form, not the dialog, and the focus is where it was.
  await dialog.getByRole('button', { name: `Edit: ${what}` }).click();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('');
  await dialog.getByRole('alert').getByText('Enter a name.').waitFor();
  await checkScreen(manager, 'needs attention, a mistake');
  await manager.keyboard.press('Escape');
  await dialog.getByRole('textbox').waitFor({ state: 'detached' });
  await waitUntil('the focus on Edit', () =>
    manager.evaluate(() => document.activeElement?.getAttribute('aria-label')?.startsWith('Edit: ') ?? false),
  );

  await manager.keyboard.press('Enter');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('wanted by one');
  await manager.keyboard.press('Enter');
  await dialog.getByText('Nothing is left here.').waitFor();
  await manager.keyboard.press('Escape');
  await sellers.row('wanted by one').waitFor();
  await waitForSynced(manager);
  expect((await remote.pullAll('sellers')).get(mine.id)?.display_name).toBe('wanted by one');
});

it('Undo of a change that was refused since says so and changes nothing', async () => {
  const [mine, theirs] = await twoSellers();
  await offline();
  await rename(mine.display_name, 'again by two');
  await renameRemotely(theirs.id, 'again by two');
  await online();
  await status(/^Needs attention/);
  await manager.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await manager.getByText(/did not accept that change, so there is nothing to undo/).waitFor();

  await manager.getByRole('button', { name: 'Review 1' }).click();
  const dialog = manager.getByRole('dialog', { name: 'Needs attention' });
  await dialog.getByRole('link', { name: 'Show again by two' }).click();
  await dialog.waitFor({ state: 'detached' });
  await sellersGrid(manager).waitForCount(1);
  await manager.getByRole('button', { name: 'Review 1' }).click();
  await dialog.getByRole('button', { name: /^Discard: / }).click();
  await dialog.getByText('Nothing is left here.').waitFor();
  await manager.keyboard.press('Escape');
  await sellersGrid(manager).search('');
  await waitForSynced(manager);
  expect((await remote.pullAll('sellers')).get(mine.id)?.display_name).toBe(mine.display_name);
});

it('disconnecting with unsent changes sends them first, and stays connected when it cannot', async () => {
  const [mine] = await twoSellers();
  await offline();
  await rename(mine.display_name, 'sent at the end');
  await open('Settings');
  await manager.getByRole('button', { name: 'Disconnect' }).click();
  const dialog = manager.getByRole('dialog', { name: 'Disconnect with unsent changes' });
  await dialog.getByText('1 change has not reached the server.').waitFor();
  await waitForFocus(dialog.getByRole('button', { name: 'Send first' }));
  await checkScreen(manager, 'disconnect with unsent changes');
  await dialog.getByRole('button', { name: 'Send first' }).click();
  await dialog.getByRole('status').getByText('Sending 1 change…').waitFor();
  await dialog.getByRole('alert').getByText('Not everything could be sent.').waitFor({ timeout: 60_000 });
  await checkScreen(manager, 'disconnect, not everything sent');

  proxy.decide = () => ({ kind: 'pass' });
  await dialog.getByRole('button', { name: 'Send first' }).click();
  await manager.getByRole('button', { name: 'Connect', exact: true }).waitFor({ timeout: 60_000 });
  expect((await remote.pullAll('sellers')).get(mine.id)?.display_name).toBe('sent at the end');
});

async function twoSellers() {
  const rows = [...(await remote.pullAll('sellers')).values()].toSorted((a, b) => b.no - a.no);
  const [mine, theirs] = rows;
  if (mine === undefined || theirs === undefined) throw new Error('no sellers');
  return [mine, theirs] as const;
}

async function renameRemotely(id: string, display_name: string): Promise<void> {
  const [result] = await remote.push([{ table: 'sellers', op: 'update', record_ids: [id], data: { display_name } }]);
  expect(result?.status).toBe('applied');
}

const open = (name: string) => manager.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click();

const status = (text: RegExp) => manager.getByRole('status', { name: 'Sync' }).filter({ hasText: text }).waitFor();

async function offline(): Promise<void> {
  proxy.decide = () => ({ kind: 'refuse' });
}

async function online(): Promise<void> {
  proxy.decide = () => ({ kind: 'pass' });
  await manager.getByRole('button', { name: 'Sync now' }).click();
}

async function rename(from: string, to: string): Promise<void> {
  const sellers = sellersGrid(manager);
  await sellers
    .row(from)
    .getByRole('button', { name: `Edit ${from}` })
    .click();
  await sellers.grid.getByRole('textbox').fill(to);
  await manager.keyboard.press('Enter');
  await sellers.row(to).waitFor();
}
