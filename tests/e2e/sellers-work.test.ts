import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import Papa from 'papaparse';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { sellerViewsAnswer } from '#lib/protocol/seller-views.ts';
import { type Api, api } from '#tests/helpers/api.ts';
import { connect, waitForSynced } from '#tests/helpers/connect.ts';
import { paste } from '#tests/helpers/paste.ts';
import { holdFrames } from '#tests/helpers/hold-frames.ts';
import { sellersGrid } from '#tests/helpers/sellers-grid.ts';
import { startExtension } from '#tests/helpers/start-extension.ts';
import { startServer, type TestServer } from '#tests/helpers/start-server.ts';
import { waitUntil } from '#tests/helpers/wait-until.ts';

const SELLERS = 6_000;

let server: TestServer;
let browser: Awaited<ReturnType<typeof startExtension>>;
let manager: Page;
let remote: Api;

beforeAll(async () => {
  server = await startServer({ args: ['--no-worker'], sellers: SELLERS });
  remote = await api(server);
  browser = await startExtension();
  manager = await browser.openManager('#/sellers');
  await connect(manager, server);
  // Without it the browser's own dialog would ask where to save, which no test can answer.
  await manager.addInitScript(() => Reflect.deleteProperty(globalThis, 'showSaveFilePicker'));
  await manager.reload();
  await open('#/sellers');
  await sellersGrid(manager).waitForCount(SELLERS, 60_000);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const button = (name: string | RegExp) => manager.getByRole('button', { name, exact: typeof name === 'string' });
const open = (hash: string) => manager.evaluate((to) => (location.hash = to), hash);
const hash = () => manager.evaluate(() => decodeURIComponent(location.hash));
const rows = async () =>
  [...(await remote.pullAll('sellers')).values()].filter(({ deleted_at }) => deleted_at === null);

it('quick filters say how many a click would show, join each other, and are in the address', async () => {
  const all = await rows();
  const seen = all.filter(({ times_seen }) => times_seen >= 3);
  const [newest] = [...(await remote.pullAll('collection-runs')).values()].toSorted((one, other) => other.no - one.no);
  const expected: readonly [string, (row: (typeof all)[number]) => boolean][] = [
    ['New from last run', (row) => newest !== undefined && row.first_seen_run_id === newest.id],
    ['Flagged', ({ flagged }) => flagged],
    ['Not flagged', ({ flagged }) => !flagged],
    ['Seen ≥ 3', ({ times_seen }) => times_seen >= 3],
    ['Feedback < 98 %', (row) => row.feedback_percent !== null && row.feedback_percent < 98],
    ['Added by hand', ({ source }) => source === 'manual'],
    ['Needs attention', () => false],
  ];
  for (const [chip, isOf] of expected)
    await button(`${chip} ${all.filter(isOf).length.toLocaleString('en-US')}`).waitFor();
  const both = seen.filter(({ flagged }) => flagged);
  await button(`Seen ≥ 3 ${seen.length.toLocaleString('en-US')}`).click();
  await sellersGrid(manager).waitForCount(seen.length);
  await button(`Flagged ${both.length}`).click();
  await sellersGrid(manager).waitForCount(both.length);
  expect(await hash()).toBe('#/sellers?filter=seen_3;flagged');
  const rest = all.filter(({ flagged, times_seen }) => !flagged && times_seen >= 3).length;
  await button(`Not flagged ${rest.toLocaleString('en-US')}`).click();
  await sellersGrid(manager).waitForCount(rest);
  await manager.reload();
  await sellersGrid(manager).waitForCount(rest);
  await button('Clear filters').click();
  await sellersGrid(manager).waitForCount(SELLERS);
});

it('a condition is built with the keyboard, changed, taken away; what an address says wrongly is told', async () => {
  const all = await rows();
  await button('Add filter').focus();
  // The keys of who is quick are for what opens, not for the button or the list.
  const drawFrames = await holdFrames(manager);
  onTestFinished(drawFrames);
  await manager.keyboard.press('Enter');
  const column = manager.getByRole('combobox', { name: 'Column' });
  expect(await column.evaluate((element) => element === document.activeElement)).toBe(true);
  await drawFrames();
  await manager.keyboard.press('Enter');
  await manager.keyboard.type('Feedback c');
  await manager.keyboard.press('Enter');
  await manager.getByRole('combobox', { name: 'Column' }).filter({ hasText: 'Feedback count' }).waitFor();
  await manager.keyboard.press('Tab');
  await manager.keyboard.press('Tab');
  await manager.keyboard.type('ten');
  await manager.keyboard.press('Enter');
  await manager.getByText('Enter a number.').waitFor();
  await manager.keyboard.press('ControlOrMeta+a');
  await manager.keyboard.type('1,000');
  await manager.keyboard.press('Enter');
  const many = all.filter(({ feedback_count }) => (feedback_count ?? -1) >= 1000).length;
  await sellersGrid(manager).waitForCount(many);
  expect(await hash()).toBe('#/sellers?filter=feedback_count:range:1000..');
  await button('Feedback count ≥ 1,000').click();
  await manager.getByRole('combobox', { name: 'Operator' }).click();
  await manager.getByRole('option', { name: 'is not known' }).click();
  await button('Change filter').click();
  await sellersGrid(manager).waitForCount(all.filter(({ feedback_count }) => feedback_count === null).length);
  await button('Remove filter: Feedback count not known').click();
  await sellersGrid(manager).waitForCount(SELLERS);

  await open('#/sellers?filter=flagged;no_such:is:yes&sort=nonsense:up');
  await sellersGrid(manager).waitForCount(all.filter(({ flagged }) => flagged).length);
  await manager.getByRole('alert').getByText('no_such:is:yes; nonsense:up').waitFor();
  await button('Dismiss').click();
  expect(await hash()).toBe('#/sellers?filter=flagged');
  await button('Clear filters').click();
});

it('a search marks what it finds in the names', async () => {
  await sellersGrid(manager).search('SHOP');
  const marks = manager.getByRole('grid', { name: 'Sellers' }).locator('mark');
  await marks.first().waitFor();
  expect((await marks.allTextContents()).map((text) => text.toLowerCase())).toContain('shop');
  await sellersGrid(manager).search('');
  await sellersGrid(manager).waitForCount(SELLERS);
});

it('the card of a seller comes where the pointer rests on its name, and goes when the list moves', async () => {
  const { grid, drawn, row } = sellersGrid(manager);
  const name = (await drawn()).find(([index]) => index === 4)?.[1] ?? '';
  const seller = (await rows()).find(({ display_name }) => display_name === name);
  const card = manager.locator('[data-hover=card]');
  await manager.mouse.move(5, 400);
  await manager.evaluate(timeCard);
  await row(name).getByRole('link').hover();
  await card.getByText(name).waitFor();
  // A pause of 600 ms, by the clock of the page itself: what drives it may be late, but not early.
  expect(await manager.evaluate(() => (globalThis as unknown as Timed).waited)).toBeGreaterThanOrEqual(590);
  await card.getByText(`Seen ${seller?.times_seen} time`).waitFor();
  await manager.mouse.wheel(0, 100);
  await card.waitFor({ state: 'detached' });
  await grid.evaluate((element) => element.scrollTo({ top: 0 }));
});

interface Timed {
  waited: number;
}

/** In the page: notes how long after the pointer has come over a name its card is there. */
function timeCard(): void {
  let over = 0;
  const onMove = ({ target, timeStamp }: Event) => {
    const isName = target instanceof Element && target.closest('[data-hover=name]') !== null;
    if (isName && over === 0) over = timeStamp;
  };
  addEventListener('pointermove', onMove, true);
  const observer = new MutationObserver(() => {
    if (document.querySelector('[data-hover=card]') === null) return;
    (globalThis as unknown as Timed).waited = performance.now() - over;
    observer.disconnect();
    removeEventListener('pointermove', onMove, true);
  });
  observer.observe(document.body, { childList: true, subtree: true });
}

it('a pasted list is judged line by line, added, sent, and taken back', async () => {
  const [known] = await rows();
  const fresh = Array.from({ length: 2_100 }, (_, at) => `pasted_seller_${at}`);
  await button('Add sellers').click();
  const field = manager.getByRole('textbox', { name: 'Sellers to add' });
  await paste(field, [...fresh, known?.display_name, 'Pasted_Seller_7', 'x'.repeat(201)].join('\n'));
  await manager.getByText('2,100 new · 1 known · 1 repeated · 1 invalid').waitFor();
  // Thousands of lines are kept beside the field; what is typed comes after them.
  expect(await field.inputValue()).toBe('');
  await manager.getByText('2,103 lines pasted').waitFor();
  await field.fill('typed_too');
  await manager.getByText('2,101 new · 1 known · 1 repeated · 1 invalid').waitFor();
  await field.fill('');
  await button('Remove what was pasted').click();
  await manager.getByRole('status', { name: 'Preview' }).filter({ hasText: /^$/ }).waitFor();
  await paste(field, [...fresh, known?.display_name, 'Pasted_Seller_7', 'x'.repeat(201)].join('\n'));
  const reasons = manager.getByRole('region', { name: 'Lines' });
  await reasons.getByText('Shorten the name: at most 200 characters.').waitFor();
  expect(await reasons.getByRole('row').nth(1).getByRole('cell').first().textContent()).toBe('2103');
  await button('Add 2,100 sellers').click();
  await manager.getByText('Added 2,100 sellers').waitFor();
  await sellersGrid(manager).waitForCount(SELLERS + 2_100);
  await waitUntil('all on the server', async () => (await rows()).length === SELLERS + 2_100);
  expect(
    (await rows()).filter(({ source, display_name }) => source === 'manual' && fresh.includes(display_name)),
  ).toHaveLength(2_100);
  await button('Undo').first().click();
  await manager.getByText('Undone: Added 2,100 sellers').waitFor();
  await sellersGrid(manager).waitForCount(SELLERS);
  await waitUntil('gone on the server', async () => (await rows()).length === SELLERS);
});

it('what is selected, else what is filtered is exported, flagged if wanted, and that can be undone', async () => {
  const sellers = sellersGrid(manager);
  await open('#/sellers?filter=not_flagged;seen_3&sort=display_name:asc');
  const wanted = (await rows())
    .filter(({ flagged, times_seen }) => !flagged && times_seen >= 3)
    .toSorted((one, other) => (one.normalized_name < other.normalized_name ? -1 : 1));
  await sellers.waitForCount(wanted.length);
  const flagged = (await rows()).filter(({ flagged: is, times_seen }) => is && times_seen >= 3).length;
  const read = await exported('CSV', { flag: true });
  const table = Papa.parse<Record<string, string>>(read, { header: true, skipEmptyLines: true }).data;
  expect(table.map(({ id, display_name, feedback_percent }) => [id, display_name, feedback_percent])).toEqual(
    wanted.map(({ id, display_name, feedback_percent }) => [id, display_name, String(feedback_percent ?? '')]),
  );
  await manager.getByText(`Flagged ${wanted.length.toLocaleString('en-US')} sellers`).waitFor();
  await sellers.waitForCount(0);
  await button(`Flagged ${(flagged + wanted.length).toLocaleString('en-US')}`).waitFor();
  await button('Undo').first().click();
  await sellers.waitForCount(wanted.length);
  await button(`Flagged ${flagged.toLocaleString('en-US')}`).waitFor();

  const some = [0, 2].map((at) => wanted[at]?.display_name ?? '');
  for (const name of some) await sellers.row(name).getByRole('checkbox').click();
  const objects = JSON.parse(await exported('JSON', { flag: false })) as { display_name: string }[];
  expect(objects.map(({ display_name }) => display_name)).toEqual(some);
  await browser.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await button('Export').click();
  await manager.getByText('The selection: 2 sellers.').waitFor();
  await manager.getByRole('radio', { name: 'Clipboard' }).check();
  await button('Copy names').click();
  await manager.getByText('Copied 2 sellers').waitFor();
  expect(await manager.evaluate(() => navigator.clipboard.readText())).toBe(`${some.join('\n')}\n`);

  // Flagged, they match no longer, and are what is exported all the same.
  await manager.getByRole('dialog').waitFor({ state: 'detached' });
  await sellers
    .row(some[0] ?? '')
    .getByRole('gridcell')
    .nth(1)
    .focus();
  await manager.keyboard.press('f');
  await sellers.waitForCount(wanted.length - some.length);
  const left = JSON.parse(await exported('JSON', { flag: false })) as { display_name: string }[];
  expect(left.map(({ display_name }) => display_name)).toEqual(some);
  await button('Undo').first().click();
  await sellers.waitForCount(wanted.length);

  // All of one list are not all of another, however one gets there.
  await sellers
    .row(wanted[1]?.display_name ?? '')
    .getByRole('gridcell')
    .nth(1)
    .focus();
  await manager.keyboard.press('ControlOrMeta+a');
  await manager.getByText(`${wanted.length.toLocaleString('en-US')} selected`).waitFor();
  await open('#/sellers?sort=display_name:asc');
  await sellers.waitForCount(SELLERS);
  await manager.getByText(/ selected$/).waitFor({ state: 'detached' });
  await waitForSynced(manager);
});

async function exported(form: 'CSV' | 'JSON', { flag }: { flag: boolean }): Promise<string> {
  await button('Export').click();
  const dialog = manager.getByRole('dialog', { name: 'Export' });
  await dialog.getByRole('radio', { name: form }).check();
  if (flag) await dialog.getByRole('checkbox', { name: 'Flag what was exported' }).check();
  const download = manager.waitForEvent('download');
  await dialog.getByRole('button', { name: `Export ${form}` }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(new RegExp(`^sellers-\\d{4}-\\d\\d-\\d\\d\\.${form.toLowerCase()}$`));
  return readFileSync(await file.path(), 'utf8');
}

it('a view is saved for the workspace, opened, brought up to date and renamed; names are there once', async () => {
  await open('#/sellers?q=shop&filter=feedback_count:range:1000..&sort=times_seen:desc');
  for (const column of ['Hide column Source', 'Show column Updated']) {
    await manager.keyboard.press('Control+k');
    await manager.getByRole('option', { name: column }).click();
    await manager.getByRole('dialog', { name: 'Commands' }).waitFor({ state: 'detached' });
  }
  await manager.getByRole('columnheader', { name: 'Updated' }).waitFor();
  await button('Views').click();
  await button('Save this view').click();
  await manager.getByRole('textbox', { name: 'Name of the view' }).fill('Big shops');
  await button('Save view').click();
  await manager.getByRole('dialog', { name: 'Saved views' }).waitFor({ state: 'detached' });
  await button('Big shops').waitFor();
  await open('#/sellers?filter=flagged');
  await button('Views').click();
  await manager
    .getByRole('list', { name: 'Saved views' })
    .getByRole('button', { name: 'Big shops', exact: true })
    .click();
  expect(await hash()).toBe('#/sellers?q=shop&sort=times_seen:desc&filter=feedback_count:range:1000..');
  await manager
    .getByRole('group', { name: 'Filter' })
    .getByRole('button', { name: /^Flagged/ })
    .click();
  await button('Views').click();
  await button('Update view Big shops').click();
  await manager.getByText('View “Big shops” is up to date').waitFor();
  await button('Save this view').click();
  await manager.getByRole('textbox', { name: 'Name of the view' }).fill('BIG SHOPS');
  await button('Save view').click();
  await manager.getByText('Another view has that name already.').waitFor();
  await button('Back').click();
  await button('Rename view Big shops').click();
  await manager.getByRole('textbox', { name: 'New name of the view' }).fill('Large shops');
  await button('Rename view').click();
  await manager
    .getByRole('list', { name: 'Saved views' })
    .getByRole('button', { name: 'Large shops', exact: true })
    .waitFor();
  const { views } = await remote.get(sellerViewsAnswer, '/seller-views');
  expect(views).toMatchObject([{ name: 'Large shops', filter: 'feedback_count:range:1000..;flagged' }]);
  await button('Copy link to view Large shops').click();
  await manager.getByText('Copied a link to view').waitFor();
  await manager.keyboard.press('Escape');

  // A link shows the view as it was saved, whatever columns there are.
  const link = await manager.evaluate(() => navigator.clipboard.readText());
  const linked = await browser.context.newPage();
  await linked.addInitScript(() => localStorage.removeItem('sellerdex.columns.sellers'));
  await linked.goto(link);
  await linked.getByRole('button', { name: 'Large shops' }).waitFor();
  expect(decodeURIComponent(new URL(linked.url()).hash)).toBe(await hash());
  await linked.getByRole('columnheader', { name: 'Source' }).waitFor({ state: 'detached' });
  await linked.getByRole('columnheader', { name: 'Updated' }).waitFor();
  await linked.goto(link.replace(/view=.*/, `view=${crypto.randomUUID()}`));
  await linked.getByText('The saved view of this link is not in this workspace').waitFor();
  await waitUntil('the link to be forgotten', () => !linked.url().includes('view='));
  await linked.close();

  await open('#/sellers?filter=flagged');
  await manager.keyboard.press('Control+k');
  await manager.getByRole('option', { name: 'View: Large shops' }).waitFor();
  await manager.keyboard.type('view: large');
  await manager.keyboard.press('Enter');
  await waitUntil('the view', async () => (await hash()).includes('feedback_count:range:1000..'));
});

it('who comes back without an address finds the list that was left; an address wins, “All sellers” clears', async () => {
  const all = await rows();
  const left = '#/sellers?sort=times_seen:desc&filter=flagged';
  const flagged = all.filter(({ flagged: is }) => is).length;
  await open('#/sellers?filter=flagged&sort=times_seen:desc');
  await sellersGrid(manager).waitForCount(flagged);
  await open('#/runs');
  await manager.getByRole('heading', { name: 'Runs', level: 1 }).waitFor();
  await manager.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Sellers' }).click();
  await sellersGrid(manager).waitForCount(flagged);
  expect(await hash()).toBe(left);
  const other = await browser.openManager('');
  await sellersGrid(other).waitForCount(flagged);
  await other.evaluate(() => (location.hash = '#/overview'));
  await other.getByRole('list', { name: 'Key figures' }).getByRole('link').first().click();
  await sellersGrid(other).waitForCount(all.length);
  await other.close();
  await open('#/runs');
  await open('#/sellers?q=shop');
  await sellersGrid(manager).waitForCount(all.filter(({ normalized_name: name }) => name.includes('shop')).length);

  await button('Views').click();
  await button('All sellers').click();
  await sellersGrid(manager).waitForCount(all.length);
  await open('#/runs');
  await open('#/sellers');
  await sellersGrid(manager).waitForCount(all.length);
  expect(await hash()).toBe('#/sellers');
});

it('overview and views are there without the server, and figures lead to the sellers that they count', async () => {
  await server.stop();
  await manager.reload();
  await open('#/overview');
  // Figures are shown while the list is still being read.
  const growth = manager.getByRole('heading', { name: 'Growth of the list' });
  await manager.locator('[aria-busy="false"]', { has: growth }).waitFor();
  const flagged = manager.getByRole('region', { name: 'Flagged' }).getByRole('row', { name: /^Flagged/ });
  const [words = ''] = /[\d,]+/.exec((await flagged.getByRole('cell').last().textContent()) ?? '') ?? [];
  await flagged.getByRole('link').click();
  await sellersGrid(manager).waitForCount(Number(words.replaceAll(',', '')));
  await open('#/overview');
  await manager.getByText('As a table').first().click();
  const figures = await manager.evaluate(readFigures);
  // The four on top, the growth, each band of feedback, both shares of flags.
  expect(figures.length).toBeGreaterThan(12);
  for (const { words, href, sellers } of figures) {
    await open(href);
    await sellersGrid(manager)
      .waitForCount(sellers, 5_000)
      .catch((error: unknown) => expect.soft(error, words).toBeNull());
  }
  await button('Views').click();
  await manager.getByText('Views can be changed while the server can be reached.').waitFor();
  await manager
    .getByRole('list', { name: 'Saved views' })
    .getByRole('button', { name: 'Large shops', exact: true })
    .click();
  await waitUntil('the view', async () => (await hash()).includes('q=shop'));
});

/** In the page: the links of the overview to sellers, with the figure beside each. */
function readFigures(): { words: string; href: string; sellers: number }[] {
  return [...document.querySelectorAll<HTMLAnchorElement>('main a[href^="#/sellers"]')].flatMap((link) => {
    // What repeats is how often one seller was seen.
    const isRepeat = link.closest('table')?.caption?.textContent === 'Runs that saw them';
    const place = link.closest('td') ?? link.closest('tr')?.querySelector('td:last-child') ?? link;
    const [figure] = /\d[\d,]*(?= ·|$)/.exec(place.textContent ?? '') ?? [];
    if (figure === undefined && !isRepeat) return [];
    const sellers = isRepeat ? 1 : Number(figure?.replaceAll(',', ''));
    return [{ words: `${link.textContent} ${figure}`, href: link.getAttribute('href') ?? '', sellers }];
  });
}
