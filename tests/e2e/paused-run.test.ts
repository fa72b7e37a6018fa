import type { Locator } from '@playwright/test';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runAnswer } from '#lib/protocol/collection.ts';
import { buildBlockedPage } from '#tests/fixtures/ebay-page/build-blocked-page.ts';
import { buildSearchPage } from '#tests/fixtures/ebay-page/build-page.ts';
import { sampleListings, sampleSellers } from '#tests/fixtures/ebay-page/sample-sellers.ts';
import { api } from '#tests/helpers/api.ts';
import { checkScreen } from '#tests/helpers/check-screen.ts';
import { connectByMessage } from '#tests/helpers/connect-by-message.ts';
import { waitForSynced } from '#tests/helpers/connect.ts';
import { credentials, startOxylabs } from '#tests/helpers/oxylabs-stand-in.ts';
import { newestRun, waitForRunEnd } from '#tests/helpers/runs.ts';
import { sendCommand } from '#tests/helpers/send-command.ts';
import { startExtension } from '#tests/helpers/start-extension.ts';
import { startServer, type TestServer } from '#tests/helpers/start-server.ts';
import { waitUntil } from '#tests/helpers/wait-until.ts';

const seller_source = 'oxylabs';
const product_source = 'list';
let throttled = true;
let oxylabs: Awaited<ReturnType<typeof startOxylabs>>;
let server: TestServer;
let browser: Awaited<ReturnType<typeof startExtension>>;

beforeAll(async () => {
  // What a search comes to is in its title.
  oxylabs = await startOxylabs((url) => {
    const title = url.searchParams.get('_nkw') ?? '';
    if (title.startsWith('Refused')) return { http: 401 };
    if (title.startsWith('Broken')) return { http: 500 };
    if (title.startsWith('Blocked')) return { html: buildBlockedPage('captcha') };
    if (title.startsWith('Slow') && throttled) return { http: 429, headers: { 'retry-after': '3' } };
    const sellers = sampleSellers(20).slice(0, 8 + title.length);
    return {
      html: url.searchParams.get('_pgn') === '1' ? buildSearchPage(sampleListings(sellers)) : buildSearchPage([]),
    };
  });
  server = await startServer({
    env: {
      OXYLABS_API_URL: oxylabs.url,
      OXYLABS_USERNAME: credentials.username,
      OXYLABS_PASSWORD: credentials.password,
    },
  });
  browser = await startExtension();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await oxylabs?.stop();
});

const inWorker = async <T>(code: string) => (await browser.worker()).evaluate<T>(code);
const notifications = () =>
  inWorker<string[]>('new Promise((resolve) => chrome.notifications.getAll((all) => resolve(Object.keys(all))))');

it('a run that paused by itself is told by the pull that finds it, counted on the button, and said in the popup', async () => {
  await connectByMessage(browser, server);
  const popup = await browser.openPopup();
  await waitForSynced(popup);
  await popup.getByText('No run yet').waitFor();

  const remote = await api(server);
  const { id } = await remote.post(runAnswer, '/collection/runs', {
    products: [{ title: 'Refused' }],
    product_source,
    seller_source,
  });
  await waitUntil('the provider to refuse', async () => (await newestRun(remote))?.pause_reason === 'auth');
  expect(await notifications()).toEqual([]);
  await sendCommand(popup, 'sync.now', {});
  const [told = ''] = await waitUntil('a notification', async () => {
    const all = await notifications();
    return all.length > 0 ? all : null;
  });
  expect(told.startsWith(`run:${id}:paused:`)).toBe(true);
  expect(await inWorker('chrome.action.getBadgeText({})')).toBe('1');
  await popup.getByText('Check its keys on the server').waitFor();
  await checkScreen(popup, 'popup, paused run');

  await inWorker(`chrome.notifications.clear(${JSON.stringify(told)})`);
  await sendCommand(popup, 'sync.now', {});
  await sendCommand(popup, 'sync.now', {});
  expect(await notifications()).toEqual([]);
  await remote.post(runAnswer, `/collection/runs/${id}/cancel`, {});
  await sendCommand(popup, 'sync.now', {});
  await waitUntil('the count to go', async () => (await inWorker('chrome.action.getBadgeText({})')) === '');
  expect(await notifications()).toEqual([]);
});

it('notifies of the kinds that are switched on alone', async () => {
  const remote = await api(server);
  const manager = await browser.openManager('#/settings');
  const paused = manager.getByRole('switch', { name: 'A run of mine paused by itself' });
  await waitUntil('the switches', async () => paused.isEnabled());
  await paused.click();
  await manager.reload();
  await waitUntil('the switches again', async () => paused.isEnabled());
  expect(await paused.isChecked()).toBe(false);
  for (const kind of ['A run of mine is completed', 'A run of mine failed'])
    expect(await manager.getByRole('switch', { name: kind }).isChecked()).toBe(true);

  await remote.post(runAnswer, '/collection/runs', { products: [{ title: 'Refused' }], product_source, seller_source });
  await waitUntil('the provider to refuse', async () => (await newestRun(remote))?.status === 'paused');
  await sendCommand(manager, 'sync.now', {});
  await waitUntil('the count', async () => (await inWorker('chrome.action.getBadgeText({})')) === '1');
  expect(await notifications()).toEqual([]);
  const { id: stopped } = (await newestRun(remote)) ?? { id: '' };
  await remote.post(runAnswer, `/collection/runs/${stopped}/cancel`, {});

  const { id } = await remote.post(runAnswer, '/collection/runs', {
    products: [{ title: 'Thing' }],
    product_source,
    seller_source,
  });
  await waitForRunEnd(remote);
  await sendCommand(manager, 'sync.now', {});
  await waitUntil('a notification', async () => (await notifications()).length > 0);
  expect(await notifications()).toEqual([`run:${id}:completed:`]);

  // A single search that the provider failed is not the end of its run.
  await paused.click();
  await waitUntil('the switch', async () => paused.isChecked());
  const order = { products: [{ title: 'Broken kettle' }], product_source, seller_source };
  const { id: broken } = await remote.post(runAnswer, '/collection/runs', order);
  await waitUntil(
    'the provider to fail',
    async () => (await newestRun(remote))?.pause_reason === 'provider_errors',
    30_000,
  );
  await sendCommand(manager, 'sync.now', {});
  const told = await waitUntil(
    'another notification',
    async () => (await notifications()).find((name) => name.startsWith(`run:${broken}:paused:`)) ?? null,
  );
  await inWorker(`chrome.notifications.onClicked.dispatch(${JSON.stringify(told)})`);
  await manager.getByRole('complementary').getByText('The provider failed several times in a row').first().waitFor();
  await remote.post(runAnswer, `/collection/runs/${broken}/cancel`, {});
  await manager.close();
});

it('says of a search that it waits, and of the run only while all of them do', async () => {
  const remote = await api(server);
  const manager = await browser.openManager('#/runs');
  await remote.post(runAnswer, '/collection/runs', {
    products: [{ title: 'Slow lamp' }, { title: 'Slow pot' }],
    product_source,
    seller_source,
  });
  const run = manager.getByRole('region', { name: 'Active run' });
  await run.getByText(/waiting \d+ s/).waitFor();
  const cards = manager.getByRole('list', { name: 'Searches' }).getByRole('listitem');
  await cards
    .filter({ hasText: 'Slow lamp' })
    .filter({ hasText: 'The provider asked to slow down' })
    .getByText(/waiting/)
    .waitFor();
  await checkScreen(manager, 'runs, waiting for the provider');
  // What goes on is higher than this window, the list below it longer: its header stays.
  await manager.setViewportSize({ width: 1280, height: 190 });
  const list = manager.getByRole('grid', { name: 'Runs' });
  await list.getByRole('row').last().scrollIntoViewIfNeeded();
  const edge = async (row: Locator) => (await row.boundingBox())?.y ?? Number.NaN;
  const bar = await manager.getByRole('navigation', { name: 'Views' }).locator('..').boundingBox();
  expect(await edge(list.getByRole('columnheader', { name: 'Status' }))).toBe((bar?.y ?? 0) + (bar?.height ?? 0));
  expect(await edge(list.getByRole('row').nth(1))).toBeLessThan(bar?.height ?? 0);
  await manager.setViewportSize({ width: 1280, height: 800 });
  throttled = false;
  expect((await waitForRunEnd(remote)).status).toBe('completed');
  await manager.close();
});

it('offers the sources that the server has keys for, the best of them first', async () => {
  const manager = await browser.openManager('#/runs?collect=1');
  const sellers = manager
    .getByRole('dialog', { name: 'Collect sellers' })
    .getByRole('combobox', { name: 'Sellers from' });
  await sellers.filter({ hasText: 'Oxylabs' }).waitFor();
  await sellers.click();
  const offered = await manager
    .getByRole('option')
    .evaluateAll((all) => all.map((one) => [one.textContent, one.ariaDisabled]));
  expect(offered).toEqual([
    ['Built-in catalogue', null],
    ['eBay Browse API (no keys on the server)', 'true'],
    ['eBay search pages (Oxylabs)', null],
  ]);
  await manager.close();
});

it('goes on from its cap with a higher one, by who may raise it', async () => {
  const remote = await api(server);
  const { id, budget_cap_cents: cap } = await remote.post(runAnswer, '/collection/runs', {
    products: [{ title: 'Refused' }],
    product_source,
    seller_source,
  });
  await waitUntil('the pause', async () => (await newestRun(remote))?.status === 'paused');
  const open = async (permissions: readonly string[]) => {
    const page = await browser.openManager();
    const headers = { 'access-control-allow-origin': '*' };
    // A pause for another reason, as one for the budget.
    await page.route('**/progress', async (route) => {
      const body = (await (await route.fetch()).text()).replace('"pause_reason":"auth"', '"pause_reason":"budget"');
      await route.fulfill({ body, contentType: 'application/json', headers });
    });
    await page.route('**/me', async (route) => {
      const answer = (await (await route.fetch()).json()) as object;
      await route.fulfill({ json: { ...answer, permissions }, headers });
    });
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Runs' }).click();
    const run = page.getByRole('region', { name: 'Active run' });
    await run.getByText('The budget cap is reached. Raise the cap to go on.').waitFor();
    return { page, run };
  };
  const member = await open(['runs.start']);
  await member.run.getByText('An owner of the workspace can raise the cap.').waitFor();
  expect(await member.run.getByRole('button').allInnerTexts()).toEqual(['Cancel run']);
  await member.page.close();
  const owner = await open(['runs.start', 'settings.manage']);
  const field = owner.run.getByRole('textbox', { name: 'New cap, $' });
  const raise = owner.run.getByRole('button', { name: 'Raise the cap and resume' });
  await field.fill('1');
  expect(await raise.isDisabled()).toBe(true);
  await checkScreen(owner.page, 'runs, at its cap');
  await field.fill('26.50');
  await raise.click();
  await waitUntil('the cap', async () => (await newestRun(remote))?.budget_cap_cents === cap + 150);
  await owner.page.close();
  await remote.post(runAnswer, `/collection/runs/${id}/cancel`, {});
});

it('shows why searches failed, who was found when, and tries the failed ones again', async () => {
  const remote = await api(server);
  const titles = ['Broken kettle', 'Thing one', 'Blocked lamp', 'Thing two', 'Broken pot', 'Another thing'];
  const { id } = await remote.post(runAnswer, '/collection/runs', {
    name: 'Half of it',
    products: titles.map((title) => ({ title })),
    product_source,
    seller_source,
  });
  const ended = await waitForRunEnd(remote);
  expect([ended.status, ended.failed_items]).toEqual(['completed', 3]);
  const manager = await browser.openManager(`#/runs?run=${id}`);
  await sendCommand(manager, 'sync.now', {});
  const panel = manager.getByRole('complementary', { name: 'Half of it' });

  const reasons = panel.getByRole('table', { name: 'Failed searches by reason' }).getByRole('row');
  await reasons.first().waitFor();
  expect(await reasons.allTextContents()).toEqual(['Provider error2', 'Block page1']);
  const shares = panel.getByRole('table', { name: 'New and known sellers' });
  const known = ended.sellers_found - ended.sellers_new;
  await shares.getByRole('row', { name: `New ${ended.sellers_new} ·` }).waitFor();
  await shares.getByRole('row', { name: `Known ${known} ·` }).waitFor();
  const growth = panel.getByRole('figure', { name: 'Sellers over time' });
  await growth.getByRole('button', { name: 'As a table' }).click();
  const [last] = (await growth.getByRole('row').allTextContents()).slice(-1);
  expect(last).toMatch(new RegExp(`M${ended.sellers_found}${ended.sellers_new}$`));

  await growth.getByRole('button', { name: 'As a table' }).click();
  await checkScreen(manager, 'runs, failed searches');
  // What failed comes first.
  const log = panel.getByRole('tabpanel', { name: 'Searches' });
  const shown = async (name: string) => {
    await log.getByRole('button', { name, exact: true }).click();
    const items = log.getByRole('list', { name }).getByRole('listitem');
    await items.first().waitFor();
    return (await items.locator('p:first-child').allTextContents()).sort();
  };
  const failed = ['Blocked lamp', 'Broken kettle', 'Broken pot'];
  expect(await shown('Failed')).toEqual(failed);
  expect(await shown('Done')).toEqual(['Another thing', 'Thing one', 'Thing two']);
  await log.getByRole('button', { name: 'Skipped' }).click();
  await log.getByText('No product was skipped.').waitFor();

  await panel.getByRole('button', { name: 'Retry 3 failed' }).click();
  const review = manager.getByRole('dialog', { name: 'Retry 3 failed searches' });
  await review.getByText('the 3 products whose search failed').waitFor();
  await review.getByRole('region', { name: 'Estimate' }).getByText('3 products', { exact: true }).waitFor();
  await review.getByRole('button', { name: 'Start' }).click();
  await review.waitFor({ state: 'hidden' });
  const again = await waitUntil('another run', async () => {
    const run = await newestRun(remote);
    return run?.id === id ? null : run;
  });
  expect(again?.checkpoint?.['rerun_of']).toBe(id);
  expect(again?.products_total).toBe(3);
  await remote.post(runAnswer, `/collection/runs/${again?.id}/cancel`, {});
  await manager.close();
});
