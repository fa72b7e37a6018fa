import type { Page } from '@playwright/test';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectExtension } from '#scripts/connect-extension.ts';
import { runAnswer } from '#lib/protocol/collection.ts';
import { type Api, api } from '#tests/helpers/api.ts';
import { checkOtherWays, checkScreen, type ScreenOptions } from '#tests/helpers/check-screen.ts';
import { waitForSynced } from '#tests/helpers/connect.ts';
import { failWorkers } from '#tests/helpers/fail-workers.ts';
import { type FaultProxy, startFaultProxy } from '#tests/helpers/fault-proxy.ts';
import { paste } from '#tests/helpers/paste.ts';
import { waitForRunEnd } from '#tests/helpers/runs.ts';
import {
  breakNumbers,
  breakStore,
  conflictToo,
  forgetRefused,
  noteInStore,
  rowsInView,
} from '#tests/helpers/screen-states.ts';
import type { ScreenName } from '#tests/helpers/screens.ts';
import { sellersGrid } from '#tests/helpers/sellers-grid.ts';
import { startExtension } from '#tests/helpers/start-extension.ts';
import { waitUntil } from '#tests/helpers/wait-until.ts';
import { startServer, type TestServer } from '#tests/helpers/start-server.ts';

let server: TestServer;
let proxy: FaultProxy;
let browser: Awaited<ReturnType<typeof startExtension>>;
let manager: Page;
let remote: Api;
let sellers: ReturnType<typeof sellersGrid>;

beforeAll(async () => {
  server = await startServer({ env: { SELLERDEX_CATALOGUE_SPEED: '0', SELLERDEX_CATALOGUE_FAULTS: '0' } });
  proxy = await startFaultProxy(server.url);
  remote = await api(server);
  browser = await startExtension();
  manager = await browser.openManager('#/overview');
  sellers = sellersGrid(manager);
});
afterAll(async () => {
  await browser?.close();
  await proxy?.close();
  await server?.stop();
});

const screen = (name: ScreenName, options?: ScreenOptions) => checkScreen(manager, name, options);
const open = (hash: string) => manager.evaluate((to) => (location.hash = to), hash);
const button = (name: string | RegExp) => manager.getByRole('button', { name }).first();
const press = (key: string) => manager.keyboard.press(key);
const sync = async () => {
  await button('Sync now').click();
  await waitForSynced(manager);
};
const row = (index: number) => sellers.grid.locator(`[data-index="${index}"]`);
const cell = (index: number) => row(index).getByRole('gridcell').nth(4);
const toList = async () => {
  await press('Escape');
  await open('#/settings');
  await open('#/sellers?filter=');
  await row(3).waitFor();
};
const closed = () => manager.getByRole('dialog').waitFor({ state: 'detached' });
const popup = async (name: ScreenName, ready: string) => {
  const page = await browser.openPopup();
  await page.getByText(ready).first().waitFor();
  await checkScreen(page, name);
  await page.close();
};

it('before a server is connected', async () => {
  await button('Connect to a server').waitFor();
  await screen('overview, no server');
  await open('#/settings');
  await button('Connect').waitFor();
  await screen('settings, no server');
  await manager.getByRole('textbox', { name: 'Server address' }).fill(proxy.url);
  await manager.getByRole('textbox', { name: 'Email' }).fill(server.email);
  await manager.getByRole('textbox', { name: 'Password' }).fill('wrong');
  await manager.getByRole('button', { name: 'Connect', exact: true }).click();
  await manager.getByRole('alert').first().waitFor();
  await screen('settings, wrong password');
  await popup('popup, no server', 'Connect to a server');
});

it('an empty workspace', async () => {
  const looked = Promise.withResolvers<void>();
  proxy.decide = ({ path }) => (path.startsWith('/sync') ? { kind: 'hold', until: looked.promise } : { kind: 'pass' });
  await connectExtension(manager, { ...server, url: proxy.url });
  await open('#/sellers');
  await sellers.grid.waitFor();
  await screen('sellers, loading');
  const greyLines = await sellers.grid.evaluate((grid) => getComputedStyle(grid).backgroundImage);
  expect(greyLines).toContain('linear-gradient');
  expect(await manager.getByRole('status', { name: 'Shown rows' }).textContent()).toBe('');
  looked.resolve();
  await manager.getByText('The list is not here yet').waitFor({ timeout: 60_000 });
  await screen('sellers, not here yet');
  proxy.decide = () => ({ kind: 'pass' });
  await button('Try again').click();
  await manager.getByText('No sellers yet').waitFor();
  await screen('sellers, first time');
  for (const [hash, name, ready] of [
    ['overview', 'overview, first time', 'No sellers yet'],
    ['runs', 'runs, first time', 'No runs yet'],
    ['runs?view=history', 'history, first time', 'Nothing has happened yet'],
    ['runs?view=schedules', 'schedules, first time', 'No schedules yet'],
    ['bookkeeping', 'bookkeeping', 'later version'],
    ['data', 'data', 'later version'],
    ['settings', 'settings, connected', 'Disconnect'],
  ] as const) {
    await open(`#/${hash}`);
    await manager.getByText(ready).first().waitFor();
    await screen(name);
  }
  await manager.getByRole('region', { name: 'Appearance' }).scrollIntoViewIfNeeded();
  await screen('settings, further down');
  await popup('popup, no run', 'No run yet');
});

it('a list, and what is done with it', async () => {
  for (const name of ['Cooktops in November', 'Everything for the kitchen', 'Once more']) {
    await remote.post(runAnswer, '/collection/runs', { name, category_ids: ['appliances-cooktops'] });
    await waitForRunEnd(remote);
  }
  await sync();
  await open('#/sellers');
  await row(0).waitFor();
  await waitUntil('all of them', async () => (await sellers.count()) === (await remote.pullAll('sellers')).size);
  await screen('sellers, list');
  await manager.mouse.move(5, 400);
  await row(3).getByRole('link').first().hover();
  await manager.locator('[data-hover=card]').waitFor();
  await screen('sellers, hover card', { sizes: ['wide'] });
});

it('what is searched for', async () => {
  await toList();
  const name = (await sellers.drawn())[4]?.[1] ?? '';
  await sellers.search(name.slice(2, 7));
  await manager.locator('mark').first().waitFor();
  await screen('sellers, search highlighted');
  await sellers.search('no such name');
  await manager.getByText('No seller matches').waitFor();
  await screen('sellers, nothing found');
  await sellers.search('');
});

it('what is selected', async () => {
  await toList();
  await cell(2).click();
  await press('Shift+ArrowDown');
  await press('Shift+ArrowDown');
  await manager.getByText('3 selected').waitFor();
  await screen('sellers, selection');
  await press('f');
  await manager.getByText('Flagged 3 sellers').waitFor();
  await screen('sellers, toast with undo');
  await checkOtherWays(manager, 'sellers, in other ways');
  await press('Escape');
});

it('what belongs to the grid', async () => {
  await toList();
  await button('Add filter').click();
  await manager.getByRole('combobox', { name: 'Column' }).waitFor();
  await screen('sellers, filter builder');
  await press('Escape');
  await closed();
  await button('Columns').click();
  await manager.getByRole('dialog', { name: 'Columns' }).waitFor();
  await screen('sellers, column menu');
  await button('Compact').click();
  await press('Escape');
  await closed();
  await screen('sellers, compact');
  await button('Columns').click();
  await button('Reset columns').click();
  await press('Escape');
  await closed();
  for (const [size, width] of [
    ['wide', 1280],
    ['narrow', 380],
  ] as const) {
    await manager.setViewportSize({ width, height: 800 });
    await row(4).click({ button: 'right', position: { x: 150, y: 10 } });
    await manager.getByRole('menu').waitFor();
    await screen('sellers, menu of a row', { sizes: [size] });
    await press('Escape');
    await manager.getByRole('menu').waitFor({ state: 'detached' });
  }
  await manager.setViewportSize({ width: 1280, height: 800 });
});

it('one seller', async () => {
  await toList();
  await cell(2).click();
  await press('Enter');
  await manager.getByRole('list', { name: 'Runs that saw it' }).getByRole('listitem').first().waitFor();
  await screen('sellers, details');
  await press('n');
  await manager.getByRole('textbox', { name: 'Note' }).fill('Ships from two warehouses.\nAsk for the price of ten.');
  await screen('sellers, details with a note being written');
  await press('Escape');
  await press('Escape');
});

it('names and keys', async () => {
  await toList();
  const taken = (await sellers.drawn())[0]?.[1] ?? '';
  await cell(2).click();
  await press('e');
  await manager.keyboard.type(taken);
  await press('Enter');
  await manager
    .getByText(/is called .* already/)
    .first()
    .waitFor();
  await screen('sellers, name being edited, duplicate');
  await press('Escape');
  await press('Control+k');
  await manager.getByRole('dialog', { name: 'Commands' }).waitFor();
  await screen('sellers, palette');
  await press('Escape');
  await closed();
  await press('?');
  await manager.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await screen('sellers, shortcuts');
  await press('Escape');
  await closed();
});

it('dialogs', async () => {
  await toList();
  const known = (await sellers.drawn())[0]?.[1];
  await button('Add sellers').click();
  await manager.getByRole('textbox', { name: 'Sellers to add' }).waitFor();
  await screen('sellers, add dialog');
  await manager
    .getByRole('textbox', { name: 'Sellers to add' })
    .fill(`one_new\n${known}\n${'x'.repeat(201)}\none_new\nanother new one`);
  await manager.getByRole('status', { name: 'Preview' }).filter({ hasText: 'invalid' }).waitFor();
  await screen('sellers, add dialog with a preview');
  await paste(manager.getByRole('textbox', { name: 'Sellers to add' }), 'pasted\n'.repeat(300));
  await manager.getByText('300 repeated').waitFor();
  await screen('sellers, add dialog with a pasted list');
  await press('Escape');
  await closed();
  await button('Export').click();
  await manager
    .getByRole('dialog', { name: 'Export' })
    .getByText(/^The whole list: /)
    .waitFor();
  await screen('sellers, export dialog');
  await manager.evaluate(() => {
    const write = () => new Promise<void>((resolve) => Object.assign(globalThis, { written: resolve }));
    const abort = async () => void Object.assign(globalThis, { isGivenUp: true });
    const file = { write, close: write, abort };
    Reflect.set(globalThis, 'showSaveFilePicker', async () => ({ createWritable: async () => file }));
  });
  await button('Export CSV').click();
  await manager.getByRole('progressbar', { name: 'Export' }).waitFor();
  await screen('sellers, export under way');
  await button('Cancel').click();
  await closed();
  await manager.evaluate(() => (globalThis as unknown as { written: () => void }).written());
  await waitUntil('the file to be given up', () => manager.evaluate(() => Reflect.has(globalThis, 'isGivenUp')));
});

it('views', async () => {
  await toList();
  await button('Views').click();
  await button('Save this view').waitFor();
  await screen('sellers, views, none yet');
  await press('Escape');
  await closed();
  for (const [name, filter] of [
    ['Big shops with a long name that says what it is for', 'feedback_count:range:1000..'],
    ['Flagged', 'flagged'],
  ] as const) {
    await remote.send('POST', '/seller-views', {
      name,
      search: '',
      filter,
      sort: '',
      columns: { order: [], hidden: [], widths: {} },
    });
  }
  await open('#/sellers?filter=flagged;feedback_count:range:1000..;nonsense&sort=times_seen:desc');
  await manager.getByText('which was left out').waitFor();
  await screen('sellers, conditions in the address');
  await manager.reload();
  await button('Views').click();
  await manager.getByRole('list', { name: 'Saved views' }).getByRole('listitem').first().waitFor();
  await screen('sellers, views');
  await press('Escape');
  await closed();
});

it('pages that fail', async () => {
  const error = 'Numbers cannot be written';
  await toList();
  await manager.evaluate(breakNumbers, error);
  await open('#/overview');
  await manager.getByText('This page could not be shown').waitFor();
  await screen('page failed', { error });
  await manager.getByRole('link', { name: 'Settings' }).click();
  await manager.getByText('Disconnect').first().waitFor();
  await button('Sync now').waitFor();
  await manager.reload();
});

it('other pages', async () => {
  await open('#/overview');
  await manager.locator('[aria-busy="false"]').waitFor();
  await screen('overview, filled');
  await checkOtherWays(manager, 'overview, in other ways');
  const all = (await remote.pullAll('sellers')).size;
  for (const [region, link] of [
    ['New per run', 'Cooktops in November'],
    ['Last runs', all.toLocaleString('en-US')],
  ] as const) {
    const links = manager
      .getByRole('region', { name: region })
      .getByRole('row', { name: 'Cooktops' })
      .getByRole('link');
    await links.filter({ hasText: link }).last().click();
    await sellers.waitForCount(all);
    expect(manager.url()).toContain('first_seen_run_id');
    await manager.goBack();
    await manager.locator('[aria-busy="false"]').waitFor();
  }
  await open('#/runs');
  await manager.getByRole('grid', { name: 'Runs' }).getByRole('row').nth(3).waitFor();
  await screen('runs, list');
  await manager.getByRole('grid', { name: 'Runs' }).getByRole('row').nth(2).getByRole('gridcell').nth(1).click();
  await press('Enter');
  await manager.getByRole('figure', { name: 'Sellers over time' }).waitFor();
  await screen('runs, an ended run');
  await checkOtherWays(manager, 'runs, in other ways');
});

it('offline, and what the server refuses', async () => {
  await open('#/sellers?filter=&attention=1');
  await manager.getByText('Nothing is left here.').waitFor();
  await screen('sellers, nothing needs attention');
  await press('Escape');
  await closed();
  await toList();
  proxy.decide = () => ({ kind: 'refuse' });
  const name = (await sellers.drawn())[1]?.[1] ?? '';
  await cell(0).click();
  await press('f');
  await cell(1).click();
  await press('e');
  await press('Control+a');
  await manager.keyboard.type('Wanted by two');
  await press('Enter');
  await sellers.grid.getByText('waiting').nth(1).waitFor();
  await manager
    .getByRole('status', { name: 'Sync' })
    .filter({ hasText: /^Offline/ })
    .waitFor({ timeout: 60_000 });
  await screen('sellers, waiting offline');
  await cell(0).click();
  await press('Enter');
  await manager.getByRole('complementary').getByText('waiting').first().waitFor();
  await screen('sellers, details offline, waiting');
  await press('Escape');
  await open('#/overview');
  await manager.locator('[aria-busy="false"]').waitFor();
  await screen('overview, offline');
  await popup('popup, offline', 'Offline');
  const other = [...(await remote.pullAll('sellers')).values()].find(({ display_name }) => display_name !== name);
  await remote.push([
    { table: 'sellers', op: 'update', record_ids: [other?.id ?? ''], data: { display_name: 'Wanted by two' } },
  ]);
  proxy.decide = () => ({ kind: 'pass' });
  await toList();
  await button('Sync now').click();
  await sellers.grid.getByRole('button', { name: /^error/ }).waitFor();
  await manager.evaluate(conflictToo);
  await manager.reload();
  await sellers.grid.getByRole('button', { name: /^conflict/ }).waitFor();
  await screen('sellers, error and conflict');
  await sellers.grid.getByRole('button', { name: /^error/ }).click();
  await manager.getByRole('dialog', { name: 'Needs attention' }).getByRole('listitem').nth(1).waitFor();
  await screen('sellers, needs attention');
  await press('Escape');
  await closed();
  await cell(1).click();
  await press('Enter');
  await manager.getByRole('complementary').getByText('What happened').waitFor();
  await screen('sellers, details of an error');
});

it('what seldom happens', async () => {
  await toList();
  await sellers.grid.evaluate((grid) => grid.scrollTo({ top: 2000 }));
  await row(60).waitFor();
  const seen = () => sellers.grid.evaluate(rowsInView);
  const before = await seen();
  await remote.push(
    Array.from({ length: 12 }, (_, at) => ({
      table: 'sellers',
      op: 'create' as const,
      record_ids: [crypto.randomUUID()],
      data: { display_name: `new_one_${at}` },
    })),
  );
  await button('Sync now').click();
  await manager.getByRole('button', { name: '12 new above' }).waitFor();
  expect(await seen()).toEqual(before);
  await screen('sellers, new above');
  await button('12 new above').click();
  await row(0).getByRole('link', { name: 'new_one_', exact: false }).waitFor();
  const worker = await browser.worker();
  await worker.evaluate('chrome.runtime.onUpdateAvailable.dispatch({ version: "9.9.9" })');
  await manager.reload();
  await button('Restart to update').waitFor();
  await screen('update is ready');
  for (const one of manager.workers()) await one.evaluate(breakStore);
  await manager
    .getByRole('button', { name: /^Flag / })
    .first()
    .click();
  await manager.getByText('The list cannot be read').waitFor();
  await screen('sellers, list cannot be read');
});

it('what ought not to happen', async () => {
  const holding = Promise.withResolvers<void>();
  proxy.decide = () => ({ kind: 'hold', until: holding.promise });
  await manager.evaluate(noteInStore, { notice: 'lost' });
  await manager.reload();
  await button('Understood').waitFor();
  await screen('local data lost');
  const syncing_until = Date.now() + 25_000;
  const progress = { received: 12_000, remaining: 34_000 };
  await manager.evaluate(forgetRefused);
  await manager.evaluate(noteInStore, { notice: 'rebuilding', sync: { syncing_until, progress, error: null } });
  await manager.reload();
  await manager.getByText('local data was damaged').waitFor();
  await screen('local data rebuilt');
  holding.resolve();

  const withWorkersThatFail = async (fail: number) => {
    const page = await browser.context.newPage();
    await page.addInitScript(failWorkers, fail);
    await page.goto(manager.url());
    return page;
  };
  const once = await withWorkersThatFail(1);
  await sellersGrid(once).grid.locator('[data-index="0"]').waitFor();
  await once.close();
  const page = await withWorkersThatFail(2);
  await page.getByText('did not start').waitFor();
  await checkScreen(page, 'sellers, worker did not start');
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Try again' }).click()]);
  await page.close();
});
