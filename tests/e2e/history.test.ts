import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runAnswer } from '#lib/protocol/collection.ts';
import { chunk } from '#lib/shared/chunk.ts';
import type { Api } from '#tests/helpers/api.ts';
import { api } from '#tests/helpers/api.ts';
import { checkScreen } from '#tests/helpers/check-screen.ts';
import { connectByMessage } from '#tests/helpers/connect-by-message.ts';
import { connect, waitForSynced } from '#tests/helpers/connect.ts';
import { waitForRunEnd } from '#tests/helpers/runs.ts';
import { sellersGrid } from '#tests/helpers/sellers-grid.ts';
import { sendCommand } from '#tests/helpers/send-command.ts';
import { startExtension } from '#tests/helpers/start-extension.ts';
import type { TestServer } from '#tests/helpers/start-server.ts';
import { startServer } from '#tests/helpers/start-server.ts';
import { waitUntil } from '#tests/helpers/wait-until.ts';

describe('history', () => {
  let server: TestServer;
  let browser: Awaited<ReturnType<typeof startExtension>>;
  let remote: Api;
  let manager: Page;
  const history = (page: Page) => page.getByRole('list', { name: 'History' });
  const line = (page: Page, text: string | RegExp) => history(page).getByRole('listitem').filter({ hasText: text });

  beforeAll(async () => {
    server = await startServer({ env: { SELLERDEX_CATALOGUE_SPEED: '0', SELLERDEX_CATALOGUE_FAULTS: '0' } });
    remote = await api(server);
    browser = await startExtension();
    manager = await browser.openManager();
    await connect(manager, server);
    for (const name of ['First of all', 'Second run']) {
      await remote.post(runAnswer, '/collection/runs', { name, category_ids: ['appliances-cooktops'] });
      await waitForRunEnd(remote);
    }
    const [one, two] = [...(await remote.pullAll('sellers')).values()];
    if (one === undefined || two === undefined) throw new Error('the runs found no two sellers');
    await remote.push([
      { table: 'sellers', op: 'flag', record_ids: [one.id], data: { flagged: true } },
      { table: 'sellers', op: 'delete', record_ids: [two.id] },
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it('shows runs and changes of sellers in one row, and filters them', async () => {
    await manager.getByRole('button', { name: 'Sync now' }).click();
    await waitForSynced(manager);
    await manager.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Runs' }).click();
    await manager.getByRole('link', { name: 'History' }).click();
    await line(manager, 'First of all').waitFor();
    await line(manager, 'Second run').waitFor();
    await line(manager, /^Flagged /).waitFor();
    await line(manager, /^Deleted /).waitFor();
    expect(await history(manager).getByRole('listitem').count()).toBe(4);
    await checkScreen(manager, 'history, list');
    await manager.getByRole('button', { name: 'Deleted', exact: true }).click();
    await line(manager, 'First of all').waitFor({ state: 'hidden' });
    expect(await history(manager).getByRole('listitem').count()).toBe(1);
    await manager.getByRole('button', { name: 'Deleted', exact: true }).click();
    await manager.getByRole('searchbox', { name: 'Search history' }).fill('second');
    await line(manager, 'First of all').waitFor({ state: 'hidden' });
    expect(await history(manager).getByRole('listitem').count()).toBe(1);
    await manager.getByRole('searchbox', { name: 'Search history' }).fill('');
  });

  it('opens a run to its figures, its searches and its sellers', async () => {
    await line(manager, 'First of all').getByRole('link').click();
    const panel = manager.getByRole('complementary', { name: 'First of all' });
    const run = [...(await remote.pullAll('collection-runs')).values()].find(({ name }) => name === 'First of all');
    const added = panel.getByRole('region', { name: 'Sellers that it added' });
    await added.getByRole('listitem').first().getByText('added').waitFor();
    // One of them is deleted by now.
    expect(await added.getByRole('listitem').count()).toBe(Math.min(200, run?.sellers_new ?? 0));
    await panel.getByRole('tab', { name: 'Searches' }).click();
    await panel.getByRole('list', { name: 'Done' }).getByRole('listitem').first().waitFor();
    await panel.getByRole('button', { name: 'Categories' }).click();
    const read = panel.getByRole('list', { name: 'Categories' }).getByRole('listitem');
    await read.filter({ hasText: /^Cooktops\d+ products · \$/ }).waitFor();
    expect(await read.count()).toBe(1);
    await checkScreen(manager, 'history, categories of a run');
    await panel.getByRole('tab', { name: 'What happened' }).click();
    await panel.getByText(/ completed: /).waitFor();
    await manager.keyboard.press('Escape');
    await panel.waitFor({ state: 'hidden' });
    // The focus is where it was, on the line that was opened.
    await manager.keyboard.press('Enter');
    await panel.waitFor();
    await panel.getByRole('button', { name: 'Close details' }).click();
    await panel.waitFor({ state: 'hidden' });
  });

  it('starts no run before its cost is known, and comes back from the dialog to where one was', async () => {
    const address = '#/runs?view=history';
    await manager.evaluate((hash) => (location.hash = hash), address);
    const estimate = '**/collection/estimate';
    const release = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    await manager.route(estimate, async (route) => {
      asked.resolve();
      await release.promise;
      await route.fulfill({ status: 403, json: {}, headers: { 'access-control-allow-origin': '*' } });
    });
    await manager.getByRole('button', { name: 'Collect sellers' }).click();
    const dialog = manager.getByRole('dialog', { name: 'Collect sellers' });
    const start = dialog.getByRole('button', { name: 'Start' });
    const refuses = async (words: string) => {
      await dialog.getByText(words).waitFor();
      expect(await start.getAttribute('aria-disabled')).toBe('true');
      await dialog.getByRole('textbox', { name: 'Name of the run' }).press('Enter');
    };
    await dialog.getByRole('searchbox', { name: 'Search categories' }).fill('Cooktops');
    await dialog.getByRole('checkbox', { name: 'Cooktops', exact: true }).click();
    await dialog.getByRole('textbox', { name: 'Name of the run' }).fill('Unpriced');
    await refuses('Working out what it costs…');
    await asked.promise;
    await refuses('Working out what it costs…');
    release.resolve();
    await refuses('What it costs is not known. Try again above.');
    await manager.unroute(estimate);
    await dialog.getByRole('region', { name: 'Estimate' }).getByRole('button', { name: 'Try again' }).click();
    await waitUntil('it can be started', async () => (await start.getAttribute('aria-disabled')) !== 'true');
    // What was worked out before is none of another choice.
    await manager.route(estimate, () => undefined);
    await dialog.getByRole('searchbox', { name: 'Search categories' }).fill('Freezers');
    await dialog.getByRole('checkbox', { name: 'Freezers', exact: true }).click();
    await refuses('Working out what it costs…');
    expect(
      await dialog
        .getByRole('region', { name: 'Estimate' })
        .getByText(/^\d+ products$/)
        .count(),
    ).toBe(1);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await manager.unroute(estimate);
    expect(new URL(manager.url()).hash).toBe(address);
    expect([...(await remote.pullAll('collection-runs')).values()].map(({ name }) => name)).not.toContain('Unpriced');
  });

  it('lists in the details of a seller every run that saw it: known ones at once, all from the server, said when they cannot be read', async () => {
    const seller = [...(await remote.pullAll('sellers')).values()].find(({ times_seen: seen }) => seen >= 2);
    const runs = `**/sellers/${seller?.id}/runs?*`;
    await manager.route(runs, (route) => route.fulfill({ status: 500, json: {} }));
    await manager.evaluate((no) => (location.hash = `#/sellers?seller=${no}`), seller?.no);
    const part = manager.getByRole('region', { name: 'Runs that saw it' });
    await part.getByRole('alert').filter({ hasText: 'All the runs could not be read.' }).waitFor();
    expect(await part.getByRole('listitem').allTextContents()).toEqual([
      expect.stringMatching(/^First.*First of all/),
      expect.stringMatching(/^Last.*Second run/),
    ]);
    await manager.unroute(runs);
    await part.getByRole('button', { name: 'Try again' }).click();
    const lines = part.getByRole('list', { name: 'Runs that saw it' }).getByRole('listitem');
    await lines.first().waitFor();
    expect(await lines.allTextContents()).toEqual([
      expect.stringMatching(/^Second run/),
      expect.stringMatching(/^Added by.*First of all/),
    ]);
    await lines.first().getByRole('link').click();
    await manager.getByRole('complementary', { name: 'Second run' }).waitFor();
    await manager.evaluate(() => (location.hash = '#/runs?view=history'));
    await line(manager, 'First of all').waitFor();
  });

  it('is there again after a restart of the browser, with the server gone, without one request', async () => {
    const before = await history(manager).getByRole('listitem').allTextContents();
    const { profileDir } = browser;
    await browser.close();
    await server.stop();

    browser = await startExtension({ profileDir });
    const page = await browser.context.newPage();
    const asked: string[] = [];
    page.on('request', (request) => {
      const { origin, pathname } = new URL(request.url());
      // The line of hints is tried again whatever is on the screen.
      if (origin === server.url && pathname !== '/events') asked.push(`${request.method()} ${pathname}`);
    });
    await page.goto(`chrome-extension://${browser.extensionId}/options.html#/runs?view=history`);
    await line(page, 'First of all').waitFor();
    const names = (texts: string[]) => texts.map((text) => text.replace(/(?:just now|\d+ \w+ ago)$/, ''));
    expect(names(await history(page).getByRole('listitem').allTextContents())).toEqual(names(before));

    await line(page, /^Flagged /)
      .getByRole('link')
      .click();
    await page
      .getByRole('complementary', { name: /^Flagged / })
      .getByRole('listitem')
      .getByText('changed')
      .waitFor();
    await line(page, /^Deleted /)
      .getByRole('link')
      .click();
    await page
      .getByRole('complementary', { name: /^Deleted / })
      .getByRole('listitem')
      .getByText('deleted')
      .waitFor();
    await page
      .getByRole('status', { name: 'Sync' })
      .filter({ hasText: /^Offline/ })
      .waitFor({ timeout: 60_000 });
    await line(page, 'Second run').getByRole('link').click();
    const panel = page.getByRole('complementary', { name: 'Second run' });
    await panel.getByRole('region', { name: 'Sellers that it added' }).waitFor();
    await panel.getByRole('tab', { name: 'What happened' }).click();
    await panel.getByText(/ completed: /).waitFor();
    await panel.getByRole('tab', { name: 'Searches' }).click();
    await panel.getByText('Connect to see it.').waitFor();
    await checkScreen(page, 'history, offline');
    await sleep(1000);
    expect(asked).toEqual([]);
    manager = page;
  });

  it('shows an edit that waits for the server at once, and the entry of it once it has arrived', async () => {
    await manager.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Sellers' }).click();
    const sellers = sellersGrid(manager);
    const button = sellers.grid.getByRole('button', { name: /^Flag / }).first();
    const name = ((await button.getAttribute('aria-label')) ?? '').replace(/^Flag /, '');
    await button.click();
    await manager.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Runs' }).click();
    await manager.getByRole('link', { name: 'History' }).click();
    const waiting = line(manager, 'waiting');
    await waiting.filter({ hasText: `Flagged ${name}` }).waitFor();
    expect(await history(manager).getByRole('listitem').first().textContent()).toContain('waiting');
    await checkScreen(manager, 'history, an edit that waits');

    await server.restart();
    await manager.getByRole('button', { name: 'Sync now' }).click();
    await waitForSynced(manager);
    await waiting.waitFor({ state: 'hidden' });
    await line(manager, `Flagged ${name}`).getByRole('link').waitFor();
  });

  it('opens an entry that the filters hide, and one from long before what is loaded', async () => {
    const seller = [...(await remote.pullAll('sellers')).values()][0]?.id ?? '';
    const flag = (flagged: boolean) => ({ table: 'sellers', op: 'flag', record_ids: [seller], data: { flagged } });
    const many = Array.from({ length: 1360 }, (_, at) => flag(at % 2 === 0));
    for (const some of chunk(many, 80)) await remote.push(some);
    const entries = [...(await remote.pullAll('activity')).values()].sort((one, other) => one.no - other.no);
    const oldest = entries.find(({ run_id: runId, table_name: table }) => runId === null && table === 'sellers');
    // A first sync packs them, so that the newest alone are read at once.
    await sendCommand(manager, 'connection.disconnect', { unsent: 'discard' });
    await connectByMessage(browser, server);
    await manager.goto(`${manager.url().split('#')[0] ?? ''}#/runs?view=history&entry=${oldest?.id}`);
    await manager.reload();
    await manager.getByRole('complementary', { name: oldest?.summary ?? '' }).waitFor();
    await manager.getByRole('status').filter({ hasText: 'entries so far' }).waitFor();
    await manager.getByRole('button', { name: 'Deleted', exact: true }).click();
    await manager.getByRole('complementary', { name: oldest?.summary ?? '' }).waitFor();
    await manager.goto(`${manager.url().split('#')[0] ?? ''}#/runs?view=history&entry=${crypto.randomUUID()}`);
    await manager.getByRole('complementary', { name: 'No such change' }).waitFor();
  });

  it('shows an entry that arrives after its address was opened', async () => {
    const note = (text: string) => ({ table: 'sellers', op: 'update', record_ids: [seller], data: { note: text } });
    const known = new Set((await remote.pullAll('activity')).keys());
    const seller = [...(await remote.pullAll('sellers')).values()][0]?.id ?? '';
    await browser.context.setOffline(true);
    await remote.push([note('Later')]);
    const late = [...(await remote.pullAll('activity')).values()].find(({ id }) => !known.has(id));
    await manager.goto(`${manager.url().split('#')[0] ?? ''}#/runs?view=history&entry=${late?.id}`);
    await manager.getByRole('complementary', { name: 'No such change' }).waitFor();
    await browser.context.setOffline(false);
    await manager.getByRole('button', { name: 'Sync now' }).click();
    await manager.getByRole('complementary', { name: late?.summary ?? '' }).waitFor();
  });

  it('pages through the log of a long run', async () => {
    const products = Array.from({ length: 450 }, (_, at) => ({ title: `Thing ${at}` }));
    const { id } = await remote.post(runAnswer, '/collection/runs', {
      name: 'Long',
      products,
      product_source: 'list',
      settings: { pages_per_product: 1, parallel: 20 },
    });
    await waitForRunEnd(remote);
    await manager.getByRole('button', { name: 'Sync now' }).click();
    await manager.goto(`${manager.url().split('#')[0] ?? ''}#/runs?run=${id}`);
    await manager.getByRole('tab', { name: 'Searches' }).click();
    const done = manager.getByRole('complementary', { name: 'Long' }).getByRole('list', { name: 'Done' });
    const titles = done.locator('li p:first-child');
    const more = manager.getByRole('button', { name: 'Show more' });
    for (const shown of [200, 400, 450]) {
      await waitUntil(`${shown} items`, async () => (await titles.count()) === shown);
      if (shown < 450) await more.click();
    }
    expect(new Set(await titles.allTextContents()).size).toBe(450);
    await more.waitFor({ state: 'hidden' });
  });

  it('says of what only the server has that it cannot be had without a connection, and shows it once it can', async () => {
    const page = await browser.openManager();
    await page.getByRole('button', { name: 'Sync now' }).waitFor();
    await browser.context.setOffline(true);
    await page.goto(`${page.url().split('#')[0] ?? ''}#/runs?collect=1`);
    const dialog = page.getByRole('dialog', { name: 'Collect sellers' });
    await dialog.getByRole('alert').filter({ hasText: 'The server cannot be reached' }).first().waitFor();
    await browser.context.setOffline(false);
    await dialog.getByRole('checkbox', { name: 'Cooktops', exact: true }).click();
    await dialog.getByText('20 products').waitFor();
    const start = dialog.getByRole('button', { name: 'Start' });
    await waitUntil('it may be started', async () => (await start.getAttribute('aria-disabled')) !== 'true');
    // A command of then is not done later.
    await browser.context.setOffline(true);
    await start.click();
    await dialog.getByRole('alert').filter({ hasText: 'The server cannot be reached' }).waitFor();
    await browser.context.setOffline(false);
    await page.close();
  });

  it('tells of what changes in an open panel', async () => {
    const panel = manager.getByRole('complementary', { name: 'Long' });
    await panel.getByRole('tab', { name: 'Sellers' }).click();
    const seller = panel.getByRole('region', { name: 'Sellers that it added' }).getByRole('listitem').first();
    const name = await seller.getByRole('link').textContent();
    expect(await seller.getByLabel('flagged').count()).toBe(0);
    const row = [...(await remote.pullAll('sellers')).values()].find(({ display_name }) => display_name === name);
    await remote.push([{ table: 'sellers', op: 'flag', record_ids: [row?.id ?? ''], data: { flagged: true } }]);
    await sendCommand(manager, 'sync.now', {});
    await seller.getByLabel('flagged').waitFor();
  });

  it('lists what a run saw again, whichever runs have seen it since', async () => {
    const known = manager.getByRole('region', { name: 'Sellers that it saw again' }).getByRole('listitem');
    const second = [...(await remote.pullAll('collection-runs')).values()].find(({ name }) => name === 'Second run');
    await manager.evaluate((run) => (location.hash = `#/runs?run=${run}`), second?.id);
    const path = `/collection/runs/${second?.id}/sellers?kind=known&limit=200`;
    const { sellers } = await remote.get(z.object({ sellers: z.array(z.object({ display_name: z.string() })) }), path);
    expect(sellers.length).toBeGreaterThan(0);
    const all = sellers.map(({ display_name: name }) => `±changed${name}`).join();
    const allAreShown = () =>
      waitUntil('all that it saw again', async () => (await known.allTextContents()).join() === all);
    await allAreShown();
    const again = { name: 'Third run', category_ids: ['appliances-cooktops'] };
    const { id } = await remote.post(runAnswer, '/collection/runs', again);
    await waitForRunEnd(remote);
    await manager.getByRole('button', { name: 'Sync now' }).click();
    await waitForSynced(manager);
    await manager.evaluate((run) => (location.hash = `#/runs?run=${run}`), id);
    await manager.getByRole('complementary', { name: 'Third run' }).waitFor();
    await manager.goBack();
    await manager.getByRole('complementary', { name: 'Second run' }).waitFor();
    await allAreShown();
  });
});
