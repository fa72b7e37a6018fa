import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectionSettings, progressExtra, runAnswer } from '#lib/protocol/collection.ts';
import { presetAnswer, presetsAnswer, scheduleAnswer, schedulesAnswer } from '#lib/protocol/collection-plans.ts';
import { type Api, api } from '#tests/helpers/api.ts';
import { checkScreen } from '#tests/helpers/check-screen.ts';
import { startRun } from '#tests/helpers/collect.ts';
import { connect } from '#tests/helpers/connect.ts';
import { newestRun, waitForRunEnd } from '#tests/helpers/runs.ts';
import { scrollers } from '#tests/helpers/scrollers.ts';
import { startExtension } from '#tests/helpers/start-extension.ts';
import { startServer, type TestServer } from '#tests/helpers/start-server.ts';
import { waitForFocus } from '#tests/helpers/wait-for-focus.ts';
import { waitUntil } from '#tests/helpers/wait-until.ts';

const progressAnswer = runAnswer.and(progressExtra);

describe('screens of collection runs', () => {
  let server: TestServer;
  let browser: Awaited<ReturnType<typeof startExtension>>;
  let remote: Api;
  let manager: Page;
  const go = (page: string) =>
    manager.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: page }).click();
  const dialog = () => manager.getByRole('dialog', { name: 'Collect sellers' });
  const openDialog = async () => {
    await go('Runs');
    await manager.getByRole('button', { name: 'Collect sellers' }).first().click();
    await dialog().waitFor();
  };
  const closeDialog = async () => {
    await manager.keyboard.press('Escape');
    await dialog().waitFor({ state: 'hidden' });
  };
  const notifications = async () =>
    (await browser.worker()).evaluate<string[]>(
      'new Promise((resolve) => chrome.notifications.getAll((all) => resolve(Object.keys(all))))',
    );

  beforeAll(async () => {
    server = await startServer({ env: { SELLERDEX_CATALOGUE_FAULTS: '0' } });
    remote = await api(server);
    browser = await startExtension();
    manager = await browser.openManager();
    await connect(manager, server);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it('sets budget, limits, prices and default settings for later runs', async () => {
    await go('Settings');
    const part = manager.getByRole('region', { name: 'Collection' });
    await part.getByRole('textbox', { name: 'Budget cap of a run, $' }).fill('oops');
    await part.getByText('An amount such as 25').waitFor();
    await checkScreen(manager, 'settings, a mistake');
    await part.getByRole('textbox', { name: 'Budget cap of a run, $' }).fill('3.50');
    await part.getByRole('textbox', { name: 'Warn from, % of the cap' }).fill('50');
    await part.getByRole('textbox', { name: 'Price of a call, Built-in catalogue' }).fill('0.02');
    await part.getByRole('textbox', { name: 'Pages a product' }).fill('1');
    await part.getByRole('button', { name: 'Save' }).click();
    await waitUntil('the settings on the server', async () => {
      const saved = await remote.get(collectionSettings, '/collection/settings');
      return saved.budget_cap_cents === 350 && saved.default_settings.pages_per_product === 1;
    });
    expect(await remote.get(collectionSettings, '/collection/settings')).toMatchObject({
      soft_warning_percent: 50,
      microusd_per_call: { catalogue: 20_000 },
    });
    await part.getByRole('textbox', { name: 'Warn from, % of the cap' }).fill('80');
    await part.getByRole('button', { name: 'Save' }).click();
    await waitUntil(
      'the usual share',
      async () => (await remote.get(collectionSettings, '/collection/settings')).soft_warning_percent === 80,
    );
  });

  it('chooses by department, all at once, and by what a search finds', async () => {
    await openDialog();
    await waitForFocus(dialog().getByRole('searchbox', { name: 'Search categories' }));
    await checkScreen(manager, 'run dialog');
    await checkScreen(manager, 'run dialog, a low window', { sizes: ['low'] });
    const department = dialog().getByRole('checkbox', { name: 'Appliances', exact: true });
    const box = (name: string) => dialog().getByRole('checkbox', { name, exact: true });
    await department.click();
    expect(await box('Cooktops').isChecked()).toBe(true);
    const chosen = await dialog().getByRole('group', { name: 'Appliances' }).getByRole('checkbox').count();
    // Its header is one of the boxes.
    await dialog()
      .getByText(`${chosen - 1} selected`)
      .waitFor();
    await box('Cooktops').click();
    expect(await department.evaluate((input: HTMLInputElement) => input.indeterminate)).toBe(true);
    await dialog()
      .getByText(`${chosen - 2} selected`)
      .waitFor();
    await department.click();
    await department.click();
    await dialog().getByText('0 selected').waitFor();
    await dialog().getByRole('button', { name: 'Select all' }).click();
    await dialog().getByText('75 selected').waitFor();
    await dialog().getByRole('button', { name: 'Clear' }).click();
    await dialog().getByRole('searchbox', { name: 'Search categories' }).fill('cooktops');
    await dialog().getByRole('button', { name: 'Select all' }).click();
    await dialog().getByText('1 selected').waitFor();
    // In a low window too, everything can be reached.
    for (const [width, height] of [
      [1280, 500],
      [380, 500],
    ] as const) {
      await manager.setViewportSize({ width, height });
      for (const name of ['Cancel', 'Close']) {
        const button = dialog().getByRole('button', { name, exact: true });
        await button.scrollIntoViewIfNeeded();
        const box = await button.boundingBox();
        expect((box?.y ?? Number.NaN) + (box?.height ?? 0)).toBeLessThanOrEqual(height);
      }
    }
    await manager.setViewportSize({ width: 1280, height: 800 });
    await closeDialog();
  });

  it('shows what each category costs, warns at the share, and refuses above the cap', async () => {
    await openDialog();
    const estimate = dialog().getByRole('region', { name: 'Estimate' });
    await dialog().getByText('1 page ·', { exact: false }).first().waitFor();
    const tick = (name: string) => dialog().getByRole('checkbox', { name, exact: true }).click();
    await tick('Cooktops');
    await tick('Freezers');
    await dialog().getByText('2 selected').waitFor();
    await estimate.getByRole('button', { name: 'By category' }).click();
    await estimate.getByRole('row', { name: /^Cooktops/ }).waitFor();
    await estimate.getByRole('row', { name: /^Freezers/ }).waitFor();

    await dialog().getByRole('button', { name: 'Settings' }).click();
    const warning = estimate.getByText('Over 80 % of the cap.');
    const share = () => estimate.getByRole('progressbar', { name: 'Share of the budget cap' });
    const pages = dialog().getByRole('textbox', { name: 'Pages a product' });
    // 71 %, then 94 %, then 117 % of the cap.
    await pages.fill('3');
    await estimate.getByText('124 calls').waitFor();
    expect(await warning.count()).toBe(0);
    expect(await share().getAttribute('aria-valuetext')).toBe('$2.48 of $3.50');
    await pages.fill('4');
    await warning.waitFor();
    await checkScreen(manager, 'run dialog, near the cap');
    await pages.fill('5');
    await estimate.getByRole('alert').filter({ hasText: 'over the cap' }).waitFor();
    await checkScreen(manager, 'run dialog, over the cap');
    const start = dialog().getByRole('button', { name: 'Start' });
    expect(await start.getAttribute('aria-disabled')).toBe('true');
    await pages.fill('6');
    await dialog().getByText('A whole number from 1 to 5.').waitFor();
    await dialog().getByRole('button', { name: 'Back to the defaults' }).click();
    await closeDialog();
  });

  it('keeps a choice as a preset, takes it up again, renames and deletes it', async () => {
    await openDialog();
    await dialog().getByRole('checkbox', { name: 'Cooktops', exact: true }).click();
    await dialog().getByRole('button', { name: 'Settings' }).click();
    await dialog().getByRole('textbox', { name: 'Searches at once' }).fill('9');
    await dialog().getByRole('button', { name: 'Save as preset' }).click();
    await dialog().getByRole('textbox', { name: 'Name of the preset' }).fill('Hot plates');
    await manager.keyboard.press('Enter');
    await dialog().getByRole('button', { name: 'Rename preset' }).waitFor();
    await closeDialog();
    await openDialog();
    await dialog().getByText('0 selected').waitFor();
    await dialog().getByRole('combobox', { name: 'Preset' }).click();
    await manager.getByRole('option', { name: 'Hot plates' }).click();
    await dialog().getByText('1 selected').waitFor();
    await dialog().getByText('9 at once', { exact: false }).first().waitFor();
    await checkScreen(manager, 'run dialog, a preset');
    await dialog().getByRole('button', { name: 'Rename preset' }).click();
    await dialog().getByRole('textbox', { name: 'New name of the preset' }).fill('Hobs');
    await dialog().getByRole('button', { name: 'Rename preset' }).click();
    await dialog().getByRole('combobox', { name: 'Preset' }).filter({ hasText: 'Hobs' }).waitFor();
    await dialog().getByRole('button', { name: 'Delete preset' }).click();
    await dialog().getByRole('button', { name: 'Delete', exact: true }).click();
    await dialog().getByText('No presets yet').waitFor();
    expect((await remote.get(presetsAnswer, '/collection/presets')).presets).toEqual([]);
    await closeDialog();
  });

  it('marks a category that brought nothing the last time, and offers nothing that would be refused', async () => {
    const page = await browser.openManager();
    await page.route('**/collection/categories', async (route) => {
      const body = (await (await route.fetch()).text()).replace(
        /("name":"Cooktops"[^}]*"last_product_count":)(?:null|\d+)/,
        '$10',
      );
      await route.fulfill({ body, contentType: 'application/json', headers: { 'access-control-allow-origin': '*' } });
    });
    await page.route('**/me', async (route) => {
      const answer = (await (await route.fetch()).json()) as object;
      const json = { ...answer, role: 'member', permissions: ['runs.start'] };
      await route.fulfill({ json, headers: { 'access-control-allow-origin': '*' } });
    });
    // Of two presets and schedules, the first is a colleague's.
    const plan = { category_ids: ['appliances-cooktops'], cron: '0 3 * * 1', time_zone: 'UTC' };
    for (const name of ['Anna’s', 'Mine']) {
      await remote.post(presetAnswer, '/collection/presets', { name, category_ids: plan.category_ids });
      await remote.post(scheduleAnswer, '/collection/schedules', { ...plan, name });
    }
    const colleague = crypto.randomUUID();
    await page.route(/\/collection\/(?:presets|schedules)$/, async (route) => {
      const body = (await (await route.fetch()).text()).replace(
        /("name":"Anna’s".*?"created_by":")[^"]+/,
        `$1${colleague}`,
      );
      await route.fulfill({ body, contentType: 'application/json', headers: { 'access-control-allow-origin': '*' } });
    });
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Settings' }).click();
    const part = page.getByRole('region', { name: 'Collection' });
    await part.getByText('Your role can read them').waitFor();
    await checkScreen(page, 'settings, read only');
    expect(await part.getByRole('textbox', { name: 'Budget cap of a run, $' }).isDisabled()).toBe(true);
    expect(await part.getByRole('button', { name: 'Save' }).count()).toBe(0);
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Runs' }).click();
    await page.getByRole('button', { name: 'Collect sellers' }).first().click();
    const marked = page.getByRole('checkbox', { name: 'Cooktops', exact: true });
    await marked.waitFor();
    expect(await marked.getAttribute('aria-description')).toContain('found no product');
    expect(await page.getByText('empty last time').count()).toBe(1);
    const choose = async (name: string) => {
      await page.getByRole('combobox', { name: 'Preset' }).click();
      await page.getByRole('option', { name }).click();
    };
    await choose('Mine');
    await page.getByRole('button', { name: 'Delete preset' }).waitFor();
    await choose('Anna’s');
    await page.getByText('they or an owner can change it').waitFor();
    expect(await page.getByRole('button', { name: /^(?:Delete|Rename) preset$/ }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Schedules' }).click();
    const cards = page.getByRole('list', { name: 'Schedules' }).getByRole('listitem');
    await cards.filter({ hasText: 'Anna’s' }).getByText('they or an owner can change it').waitFor();
    expect(await cards.getByRole('button').evaluateAll((all) => all.map((one) => one.ariaLabel))).toEqual([
      'Pause Mine',
      'Edit Mine',
      'Delete Mine',
    ]);
    await page.close();
    for (const { id } of (await remote.get(presetsAnswer, '/collection/presets')).presets)
      await remote.send('DELETE', `/collection/presets/${id}`);
    for (const { id } of (await remote.get(schedulesAnswer, '/collection/schedules')).schedules)
      await remote.send('DELETE', `/collection/schedules/${id}`);
  });

  it('shows what each search does, what happens and who is found while a run goes on, and notifies of its end once', async () => {
    await startRun(manager, ['Cooktops', 'Freezers', 'Ranges']);
    await manager.getByRole('list', { name: 'Searches' }).getByRole('listitem').first().waitFor();
    // Asked for again and again, whatever events bring in between.
    await manager.getByText(/now in (?:Cooktops|Freezers|Ranges): /).waitFor();
    await manager.getByRole('list', { name: 'What the run does' }).getByRole('listitem').first().waitFor();
    await manager.getByRole('list', { name: 'Last sellers found' }).getByRole('listitem').first().waitFor();
    // The figures of the chart are a table too, and nothing but the feeds and the page itself scrolls.
    const chart = manager.getByRole('figure', { name: 'Sellers over time' });
    await chart.getByRole('button', { name: 'As a table' }).click();
    await chart.getByRole('columnheader', { name: 'New' }).waitFor();
    await chart.getByRole('button', { name: 'As a table' }).click();
    for (const [width, height] of [
      [1280, 500],
      [380, 760],
    ] as const) {
      await manager.setViewportSize({ width, height });
      expect(await manager.evaluate(scrollers)).toEqual(['page']);
    }
    await manager.setViewportSize({ width: 1280, height: 800 });
    const run = await waitForRunEnd(remote);
    expect(run.status).toBe('completed');
    const told = await waitUntil('a notification', async () => {
      const ids = await notifications();
      return ids.length > 0 ? ids : null;
    });
    expect(told).toEqual([`run:${run.id}:completed:`]);
    await manager.getByRole('link', { name: 'History' }).click();
    await (await browser.worker()).evaluate(`chrome.notifications.onClicked.dispatch(${JSON.stringify(told[0])})`);
    const panel = manager.getByRole('complementary', { name: run.name });
    await panel.getByRole('figure', { name: 'Sellers over time' }).waitFor();
    await checkScreen(manager, 'history, an ended run');
    await waitUntil('the notification to go', async () => (await notifications()).length === 0);
    await browser.stopWorker();
    await manager.getByRole('button', { name: 'Sync now' }).click();
    await manager
      .getByRole('status', { name: 'Sync' })
      .filter({ hasText: /^Synced/ })
      .waitFor();
    expect(await notifications()).toEqual([]);
  });

  it('starts an ended run once more, after showing what it will cost', async () => {
    const before = await newestRun(remote);
    const panel = manager.getByRole('complementary', { name: before?.name ?? '' });
    const runAgain = panel.getByRole('button', { name: 'Run again' });
    await runAgain.click();
    const review = manager.getByRole('dialog', { name: 'Run again' });
    await review.getByText('the best-sellers of 3 categories').waitFor();
    await waitForFocus(review.getByRole('button', { name: 'Start' }));
    // As many as are wanted of each category, two calls for each list, one for each product.
    await review.getByRole('region', { name: 'Estimate' }).getByText('60 products').waitFor();
    await review.getByRole('region', { name: 'Estimate' }).getByText('66 calls').waitFor();
    await checkScreen(manager, 'run again dialog');
    await review.getByRole('button', { name: 'Cancel' }).click();
    await review.waitFor({ state: 'hidden' });
    expect((await newestRun(remote))?.id).toBe(before?.id);
    await runAgain.click();
    await review.getByText('66 calls').waitFor();
    await review.getByRole('button', { name: 'Start' }).click();
    await review.waitFor({ state: 'hidden' });
    await waitUntil('another run', async () => (await newestRun(remote))?.id !== before?.id);
    const again = await waitForRunEnd(remote);
    expect(again.category_ids).toEqual(before?.category_ids);
    const ids = await waitUntil('its notification', async () => {
      const all = await notifications();
      return all.length > 0 ? all : null;
    });
    expect(ids).toEqual([`run:${again.id}:completed:`]);
    await (await browser.worker()).evaluate(`chrome.notifications.clear(${JSON.stringify(ids[0])})`);
  });

  it('estimates and starts nothing before the server has named its sources', async () => {
    const page = await browser.openManager();
    const held = Promise.withResolvers<void>();
    let estimates = 0;
    page.on('request', (request) => {
      if (request.url().endsWith('/collection/estimate')) estimates += 1;
    });
    await page.route('**/collection/sources', async (route) => {
      await held.promise;
      await route.abort();
    });
    await page.reload();
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Runs' }).click();
    await page.getByRole('button', { name: 'Collect sellers' }).first().click();
    await page.getByRole('checkbox', { name: 'Cooktops', exact: true }).click();
    const estimate = page.getByRole('region', { name: 'Estimate' });
    await estimate.getByText('Asking the server for its sources…').waitFor();
    const start = page.getByRole('button', { name: 'Start', exact: true });
    const save = page.getByRole('button', { name: 'Save as preset' });
    expect(await start.getAttribute('aria-disabled')).toBe('true');
    expect(await save.isDisabled()).toBe(true);
    held.resolve();
    await estimate.getByRole('alert').waitFor();
    expect(await save.isEnabled()).toBe(true);
    expect([await start.getAttribute('aria-disabled'), estimates]).toEqual(['true', 0]);
    await checkScreen(page, 'run dialog, sources not read');
    await page.unroute('**/collection/sources');
    await estimate.getByRole('button', { name: 'Try again' }).click();
    await estimate.getByText('20 products').waitFor();
    await waitUntil('it may be started', async () => (await start.getAttribute('aria-disabled')) !== 'true');
    await page.close();
  });

  it('offers to read categories again of which alone something failed', async () => {
    const run = await newestRun(remote);
    const page = await browser.openManager();
    const failed = {
      id: crypto.randomUUID(),
      type: 'category',
      status: 'failed',
      external_id: 'appliances-cooktops',
      data: { title: 'Cooktops' },
      is_new: null,
      error_code: 'parse_error',
      error_message: 'It could not be read.',
      cost_cents: 0,
      created_at: new Date().toISOString(),
    };
    await page.route(/\/items\?type=category&status=failed/, (route) =>
      route.fulfill({ json: { items: [failed], next_cursor: null }, headers: { 'access-control-allow-origin': '*' } }),
    );
    await page.goto(`${page.url().split('#')[0] ?? ''}#/runs?run=${run?.id}`);
    await page.getByRole('button', { name: 'Retry 1 failed category', exact: true }).click();
    const review = page.getByRole('dialog', { name: 'Retry 1 failed category' });
    await review.getByText('Reads again the 1 category that could not be read').waitFor();
    await page.close();
  });

  it('notifies of nothing that is switched off', async () => {
    await go('Settings');
    const off = manager.getByRole('switch', { name: 'A run of mine is completed' });
    await off.click();
    await manager.reload();
    await waitUntil('the switch to be off', async () => !(await off.isChecked()));
    await remote.post(runAnswer, '/collection/runs', { category_ids: ['appliances-cooktops'] });
    const { id } = await waitForRunEnd(remote);
    await go('Runs');
    await manager
      .getByRole('grid', { name: 'Runs' })
      .getByRole('row')
      .filter({ hasText: 'Completed' })
      .nth(2)
      .waitFor();
    await manager.getByRole('button', { name: 'Sync now' }).click();
    expect((await newestRun(remote))?.id).toBe(id);
    expect(await notifications()).toEqual([]);
  });

  it('takes a name for a run, and settings as defaults of later ones', async () => {
    const before = await remote.get(collectionSettings, '/collection/settings');
    await openDialog();
    await dialog().getByRole('checkbox', { name: 'Cooktops', exact: true }).click();
    await dialog().getByRole('button', { name: 'Settings' }).click();
    // As slow as a run can be.
    await dialog().getByRole('textbox', { name: 'Searches at once' }).fill('1');
    await dialog().getByRole('textbox', { name: 'Pages a product' }).fill('3');
    await dialog().getByRole('button', { name: 'Save as defaults' }).click();
    await waitUntil('the defaults on the server', async () => {
      const { default_settings: kept } = await remote.get(collectionSettings, '/collection/settings');
      return kept.parallel === 1;
    });
    await dialog().getByRole('button', { name: 'Back to the defaults' }).click();
    await dialog().getByRole('textbox', { name: 'Name of the run' }).fill('Plates of May');
    await dialog().getByRole('button', { name: 'Start' }).click();
    await dialog().waitFor({ state: 'hidden' });
    const run = await waitUntil('the run', async () => {
      const newest = await newestRun(remote);
      return newest?.name === 'Plates of May' ? newest : null;
    });
    expect(run.settings).toMatchObject({ parallel: 1, pages_per_product: 3 });
    const { default_settings } = before;
    await remote.send('PUT', '/collection/settings', { default_settings });
  });

  it('says how long a run will take and what it costs, and tells nothing of what was before the page was opened', async () => {
    const id = (await newestRun(remote))?.id ?? '';
    const active = manager.getByRole('region', { name: 'Active run' });
    await active.getByText(/^about .+ left · now in /).waitFor();
    await active.getByText(/^\$\d\.\d\d of \$3\.50 cap$/).waitFor();
    await active.getByText(/^\d+ a minute$/).waitFor();
    await checkScreen(manager, 'runs, live');
    // What happened before a page was opened is told by no page.
    await active.getByRole('button', { name: 'Pause' }).click();
    await waitUntil('what is under way to end', async () => {
      const { status, searches } = await remote.get(progressAnswer, `/collection/runs/${id}/progress`);
      return status === 'paused' && searches.every(({ state }) => state === 'idle');
    });
    await manager.reload();
    await manager.getByText('Nothing has been told since this page opened.').waitFor();
    await checkScreen(manager, 'runs, paused');
    await active.getByRole('button', { name: 'Resume' }).click();
    await manager.getByRole('list', { name: 'What the run does' }).getByRole('listitem').first().waitFor();
    await remote.post(runAnswer, `/collection/runs/${id}/cancel`, {});
  });

  it('makes, edits, pauses and deletes a schedule', async () => {
    await manager.getByRole('link', { name: 'Schedules' }).click();
    await manager.getByRole('button', { name: 'New schedule' }).click();
    const form = manager.getByRole('dialog', { name: 'New schedule' });
    await waitForFocus(form.getByRole('textbox', { name: 'Name', exact: true }));
    await form.getByRole('textbox', { name: 'Name', exact: true }).fill('Plates');
    await form.getByRole('checkbox', { name: 'Cooktops', exact: true }).click();
    await form.getByRole('combobox', { name: 'How often' }).click();
    await manager.getByRole('option', { name: 'Cron expression' }).click();
    await form.getByRole('textbox', { name: 'Cron expression' }).fill('every tuesday');
    await form.getByRole('button', { name: 'Create schedule' }).click();
    await form.getByRole('alert').first().waitFor();
    await form.getByRole('textbox', { name: 'Cron expression' }).fill('30 4 * * 2');
    await form.getByRole('button', { name: 'Create schedule' }).click();
    await form.waitFor({ state: 'hidden' });
    const card = manager.getByRole('list', { name: 'Schedules' }).getByRole('listitem');
    await card.filter({ hasText: 'Every Tuesday at 04:30' }).filter({ hasText: 'Next' }).waitFor();
    await card.getByRole('button', { name: 'Edit Plates' }).click();
    const edit = manager.getByRole('dialog', { name: 'Edit schedule' });
    await edit.getByText('1 selected').waitFor();
    await edit.getByRole('region', { name: 'Estimate' }).getByText('20 products').waitFor();
    const times = edit.getByRole('region', { name: 'Next times' }).getByRole('listitem');
    const weekly = await times.allTextContents();
    expect(weekly.map((time) => time.slice(0, 3))).toEqual(['Tue', 'Tue', 'Tue']);
    await checkScreen(manager, 'schedule dialog');
    await edit.getByRole('combobox', { name: 'How often' }).click();
    await manager.getByRole('option', { name: 'Every month' }).click();
    await waitUntil('other times', async () => (await times.allTextContents()).join() !== weekly.join());
    expect((await times.allTextContents()).map((time) => / 1, /.test(time))).toEqual([true, true, true]);
    await edit.getByRole('textbox', { name: 'Name', exact: true }).fill('Hot plates');
    await edit.getByRole('checkbox', { name: 'Freezers', exact: true }).click();
    const sent = manager.waitForRequest(
      (request) => /\/collection\/schedules\/[^/]+$/.test(request.url()) && request.method() !== 'OPTIONS',
    );
    await edit.getByRole('button', { name: 'Save changes' }).click();
    expect(Object.keys((await sent).postDataJSON() as object).sort()).toEqual(['category_ids', 'cron', 'name']);
    await edit.waitFor({ state: 'hidden' });
    await card
      .filter({ hasText: 'Hot plates' })
      .filter({ hasText: 'On day 1 of every month at 04:30' })
      .filter({ hasText: '2 categories' })
      .waitFor();
    await checkScreen(manager, 'schedules, list');
    await card.getByRole('button', { name: 'Pause Hot plates' }).click();
    await card.filter({ hasText: 'Paused' }).waitFor();
    await card.getByRole('button', { name: 'Delete Hot plates' }).click();
    await card.getByRole('button', { name: 'Yes, delete' }).click();
    await manager.getByText('No schedules yet').waitFor();
  });
});
