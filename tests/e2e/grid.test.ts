import type { Page } from '@playwright/test';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { HOLD_MS } from '#components/grid/drawn-range.ts';
import { api } from '#tests/helpers/api.ts';
import { connect } from '#tests/helpers/connect.ts';
import { sellersGrid } from '#tests/helpers/sellers-grid.ts';
import { startExtension } from '#tests/helpers/start-extension.ts';
import type { TestServer } from '#tests/helpers/start-server.ts';
import { startServer } from '#tests/helpers/start-server.ts';
import { waitForFocus } from '#tests/helpers/wait-for-focus.ts';
import { waitUntil } from '#tests/helpers/wait-until.ts';

const SELLERS = 3_000;

let server: TestServer;
let browser: Awaited<ReturnType<typeof startExtension>>;
let manager: Page;

beforeAll(async () => {
  server = await startServer({ args: ['--no-worker'], sellers: SELLERS });
  browser = await startExtension();
  manager = await browser.openManager('#/sellers');
  await manager.setViewportSize({ width: 1280, height: 800 });
  await connect(manager, server);
  await go('Sellers');
  await sellersGrid(manager).waitForCount(SELLERS);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const go = (page: string) =>
  manager.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: page }).click();
const header = (name: string) => sellersGrid(manager).grid.getByRole('columnheader', { name });
const titles = () =>
  sellersGrid(manager)
    .grid.getByRole('columnheader')
    .evaluateAll((all) => all.slice(1).map((one) => one.dataset['column']));
const cellAt = (index: number, column: string) =>
  sellersGrid(manager).grid.locator(`[data-index="${index}"] > [data-column="${column}"]`);
/** Row and column of the cell that has the focus, as a screen reader is told. */
const focused = () =>
  manager.evaluate(() => {
    const cell = document.activeElement?.closest('[aria-colindex]');
    return [cell?.parentElement?.ariaRowIndex, cell?.ariaColIndex, cell === document.activeElement];
  });
const selected = (count: number) => manager.getByText(`${count.toLocaleString('en-US')} selected`).waitFor();
const widthOf = async (name: string) => (await header(name).boundingBox())?.width ?? 0;
const upperRow = () =>
  sellersGrid(manager).grid.evaluate((grid) => {
    const edge = grid.getBoundingClientRect().top + 36 + 2;
    const at = document.elementFromPoint(grid.getBoundingClientRect().left + 60, edge);
    return Number(at?.closest('[data-index]')?.getAttribute('data-index') ?? -1);
  });

it('the focus goes from cell to cell, into them and to the header; one Tab leads in, the next out', async () => {
  await manager.getByRole('button', { name: 'Columns' }).focus();
  await manager.keyboard.press('Tab');
  expect(await focused()).toEqual(['2', '2', true]);
  for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowLeft']) await manager.keyboard.press(key);
  expect(await focused()).toEqual(['3', '3', true]);
  await manager.keyboard.press('F2');
  expect(await focused()).toEqual(['3', '3', false]);
  await manager.keyboard.press('Escape');
  expect(await focused()).toEqual(['3', '3', true]);
  await manager.keyboard.press('Control+End');
  await waitUntil('the last cell', async () => (await focused())[0] === String(SELLERS + 1));
  await manager.keyboard.press('Control+Home');
  await waitUntil('the first cell', async () => (await focused())[0] === '2');
  await manager.keyboard.press('ArrowUp');
  expect(await focused()).toEqual(['1', '1', true]);
  await manager.keyboard.press('Tab');
  expect(await sellersGrid(manager).grid.evaluate((grid) => grid.contains(document.activeElement))).toBe(false);
  await manager.keyboard.press('Shift+Tab');
  expect(await focused()).toEqual(['1', '1', true]);
});

it('a screen reader is told how large the list is, where in it one is, and what each cell is about', async () => {
  const { grid, drawn } = sellersGrid(manager);
  const count = await grid.getByRole('columnheader').count();
  expect(await grid.getAttribute('aria-rowcount')).toBe(String(SELLERS + 1));
  expect(await grid.getAttribute('aria-colcount')).toBe(String(count));
  expect(await grid.getAttribute('aria-multiselectable')).toBe('true');
  const [, name = ''] = (await drawn()).find(([at]) => at === 2) ?? [];
  const row = grid.locator('[data-index="2"]');
  const cells = row.getByRole('gridcell');
  expect(await cells.evaluateAll((all) => all.map((cell) => cell.ariaColIndex))).toEqual(
    Array.from({ length: count }, (_, at) => String(at + 1)),
  );
  const tree = await row.ariaSnapshot();
  for (const part of [`checkbox "Select ${name}"`, `link "${name}"`, `button "Open ${name}"`, 'gridcell "synced"'])
    expect(tree).toContain(part);
  expect(tree).toMatch(new RegExp(`button "(?:Flag ${name}"|Unflag ${name}" \\[pressed\\])`));
  expect(await row.getByRole('link').first().getAttribute('href')).toBe(`https://www.ebay.com/usr/${name}`);
  await cellAt(2, 'times_seen').click();
  expect(await row.ariaSnapshot()).toMatch(/^- row .*\[selected\]/);
  await manager.keyboard.press('Escape');
});

it('columns sort, move and change their width by keys of their header', async () => {
  await header('Times seen').focus();
  await manager.keyboard.press('Enter');
  await manager.keyboard.press('ArrowRight');
  await manager.keyboard.press('Shift+Enter');
  expect(await header('Times seen').getAttribute('aria-sort')).toBe('descending');
  expect(await header('Feedback %').getAttribute('aria-sort')).toBe('descending');
  expect(await header('Feedback %').textContent()).toContain('sort key 2');
  expect(manager.url()).toContain('sort=times_seen%3Adesc%2Cfeedback_percent%3Adesc');
  const before = await widthOf('Feedback %');
  await manager.keyboard.press('Shift+ArrowRight');
  await manager.keyboard.press('Alt+Shift+ArrowLeft');
  expect((await titles()).indexOf('feedback_percent')).toBe((await titles()).indexOf('times_seen') - 1);
  expect(await widthOf('Feedback %')).toBeCloseTo(before + 16, 0);
  expect((await focused())[2]).toBe(true);
});

it('columns move and change their width by the mouse, and fit what is in them', async () => {
  const drag = async (from: { x: number; y: number }, by: number) => {
    await manager.mouse.move(from.x, from.y);
    await manager.mouse.down();
    await manager.mouse.move(from.x + by / 2, from.y, { steps: 4 });
    await manager.mouse.move(from.x + by, from.y, { steps: 4 });
    await manager.mouse.up();
  };
  const box = async (name: string) => (await header(name).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const order = await titles();
  const [items, source] = [await box('Items'), await box('Source')];
  await drag({ x: source.x + 20, y: source.y + 10 }, items.x + 10 - source.x);
  const moved = await titles();
  expect(moved.indexOf('source')).toBe(order.indexOf('item_count'));
  // A drag is no click: nothing was sorted by it.
  expect(await header('Source').getAttribute('aria-sort')).toBe('none');
  const wide = await box('Source');
  await drag({ x: wide.x + wide.width - 3, y: wide.y + 10 }, 60);
  expect(await widthOf('Source')).toBeCloseTo(wide.width + 60, 0);
  await header('Name').locator('[data-resize]').dblclick();
  const name = await widthOf('Name');
  expect(name).toBeGreaterThan(80);
  const cut = await sellersGrid(manager)
    .grid.locator('[data-index] a')
    .evaluateAll((links) => links.filter((link) => link.scrollWidth > link.clientWidth).length);
  expect(cut).toBe(0);
});

it('the menu hides and shows columns, and all of it is there again after a reload, until it is reset', async () => {
  const menu = manager.getByRole('dialog', { name: 'Columns' });
  await manager.getByRole('button', { name: 'Columns' }).click();
  await menu.getByRole('checkbox', { name: 'Source' }).uncheck();
  for (const name of ['Note', 'Platform ID', 'First run', 'Updated'])
    await menu.getByRole('checkbox', { name }).check();
  await menu.getByRole('button', { name: 'Move Note up' }).focus();
  for (let step = 0; step < 3; step++) await manager.keyboard.press('Enter');
  await menu.getByRole('button', { name: 'Compact' }).click();
  await manager.keyboard.press('Escape');
  await menu.waitFor({ state: 'hidden' });
  const button = manager.getByRole('button', { name: 'Columns', exact: true });
  await expect.poll(() => button.evaluate((element) => element === document.activeElement)).toBe(true);
  // A press opens it, the next one closes it.
  await button.click();
  await menu.waitFor();
  await button.click();
  await menu.waitFor({ state: 'hidden' });
  expect(await button.getAttribute('aria-expanded')).toBe('false');
  await manager.keyboard.press('Enter');
  await waitForFocus(menu.getByRole('button', { name: 'Compact' }));
  await manager.keyboard.press('Escape');
  await menu.waitFor({ state: 'hidden' });
  const arranged = { titles: await titles(), name: await widthOf('Name') };
  expect(arranged.titles).not.toContain('source');
  expect(arranged.titles.indexOf('note')).toBeLessThan(arranged.titles.indexOf('last_seen_run_id'));
  expect((await cellAt(0, 'note').boundingBox())?.height).toBeCloseTo(28, -1);
  const remote = await api(server);
  const name = (await sellersGrid(manager).drawn()).find(([at]) => at === 0)?.[1];
  const seller = [...(await remote.pullAll('sellers')).values()].find(({ display_name }) => display_name === name);
  const data = { note: 'Ask for bulk prices', platform_id: 'id-of-ebay' };
  await remote.push([{ table: 'sellers', op: 'update', record_ids: [seller?.id ?? ''], data }]);
  await manager.getByRole('button', { name: 'Sync now' }).click();
  await cellAt(0, 'note').getByText(data.note).waitFor();
  await cellAt(0, 'platform_id').getByText(data.platform_id).waitFor();

  await manager.reload();
  await sellersGrid(manager).waitForCount(SELLERS);
  expect({ titles: await titles(), name: await widthOf('Name') }).toEqual(arranged);
  expect((await cellAt(0, 'note').boundingBox())?.height).toBeCloseTo(28, -1);

  // More than fits: the name stays while the others go by.
  const { grid } = sellersGrid(manager);
  await cellAt(0, 'flagged').click({ position: { x: 2, y: 2 } });
  await manager.keyboard.press('Control+Home');
  const x = (await cellAt(0, 'display_name').boundingBox())?.x;
  for (let step = 0; step < arranged.titles.length; step++) await manager.keyboard.press('ArrowRight');
  expect(await grid.evaluate(({ scrollLeft }) => scrollLeft)).toBeGreaterThan(0);
  expect((await cellAt(0, 'display_name').boundingBox())?.x).toBe(x);

  await manager.getByRole('button', { name: 'Columns' }).click();
  await menu.getByRole('button', { name: 'Reset columns' }).click();
  await manager.keyboard.press('Escape');
  expect(await titles()).toContain('source');
  expect(await manager.evaluate(() => localStorage.getItem('sellerdex.columns.sellers'))).toBeNull();
});

it('rows are selected by the mouse, by keys, all, and the others', async () => {
  await cellAt(2, 'times_seen').click();
  await selected(1);
  await cellAt(5, 'times_seen').click({ modifiers: ['Control'] });
  await selected(2);
  await cellAt(9, 'times_seen').click({ modifiers: ['Shift'] });
  await selected(5);
  await cellAt(12, 'times_seen').click({ modifiers: ['Control'] });
  await cellAt(14, 'times_seen').click({ modifiers: ['Control', 'Shift'] });
  await selected(8);
  await manager.keyboard.press('Control+i');
  await selected(SELLERS - 8);
  expect(await sellersGrid(manager).grid.locator('[data-index="7"]').getAttribute('aria-selected')).toBe('false');
  await manager.keyboard.press('Control+a');
  await selected(SELLERS);
  await manager.keyboard.press('Escape');
  await manager.getByText(/ selected$/).waitFor({ state: 'detached' });

  const [from, to] = [await cellAt(3, 'display_name').boundingBox(), await cellAt(8, 'times_seen').boundingBox()];
  if (from === null || to === null) throw new Error('the rows are not drawn');
  await manager.mouse.move(from.x + 5, from.y + 5);
  await manager.mouse.down();
  await manager.mouse.move(to.x + 5, to.y + 5, { steps: 3 });
  await manager.mouse.up();
  await selected(6);
  expect(await manager.evaluate(() => String(getSelection()))).toBe('');

  // Beyond the edge it takes what is on the screen, and the list stays where it is.
  await manager.mouse.move(from.x + 5, from.y + 5);
  await manager.mouse.down();
  await manager.mouse.move(from.x + 5, 799, { steps: 40 });
  const lowest = await sellersGrid(manager).grid.evaluate((grid) => {
    const { left, top } = grid.getBoundingClientRect();
    const row = document.elementFromPoint(left + 60, top + grid.clientHeight - 2)?.closest('[data-index]');
    return Number(row?.getAttribute('data-index'));
  });
  await selected(lowest - 3 + 1);
  expect(await sellersGrid(manager).grid.evaluate(({ scrollTop }) => scrollTop)).toBe(0);
  await manager.mouse.up();
  await manager.keyboard.press('Escape');
});

it('a list is found where it was left: after another page, by Back, and after a reload', async () => {
  const { grid } = sellersGrid(manager);
  /** Scrolls, and leaves the page in the same frame: nothing has come to rest. */
  const scrollAndLeave = (row: number, leave: 'link' | 'reload') =>
    grid.evaluate(
      (element, [top, how]) => {
        element.addEventListener('scroll', () => (how === 'link' ? (location.hash = '#/runs') : location.reload()), {
          once: true,
        });
        element.scrollTo({ top });
      },
      [row * 36 + 7, leave] as const,
    );
  const isAt = (row: number) => waitUntil(`row ${row}`, async () => (await upperRow()) === row, 5_000);
  const elements = () => grid.evaluate((element) => element.querySelectorAll('*').length);
  const before = await elements();
  // An older place of the same entry of the history.
  await grid.evaluate((element) => element.scrollTo({ top: 500 * 36 }));
  await isAt(500);
  const { rows, edge } = await grid.evaluate((element) => ({
    rows: (element.clientHeight - 36) / 36,
    edge: element.getBoundingClientRect().top,
  }));
  const summary = `Showing 501–${500 + Math.ceil(rows)} of ${SELLERS.toLocaleString('en-US')}`;
  await manager.getByRole('status', { name: 'Shown rows' }).filter({ hasText: summary }).waitFor();
  expect((await header('Name').boundingBox())?.y).toBeCloseTo(edge, 0);
  await waitUntil('that place to be kept', () =>
    manager.evaluate(() => Object.values(sessionStorage).some((kept) => String(kept).includes('"edge":500,'))),
  );
  await scrollAndLeave(1_000, 'link');
  await manager.getByRole('navigation', { name: 'Views' }).waitFor();
  await manager.goBack();
  await isAt(1_000);
  await manager.goForward();
  await manager.getByRole('navigation', { name: 'Views' }).waitFor();
  await manager.goBack();
  await isAt(1_000);
  // However much of the list has gone by, there are no more elements: some wait for rows, none for the whole list.
  expect(await elements()).toBeLessThan(1.5 * before);
  await go('Runs');
  await manager.getByRole('navigation', { name: 'Views' }).waitFor();
  await go('Sellers');
  await isAt(1_000);
  await scrollAndLeave(2_000, 'reload');
  await sellersGrid(manager).waitForCount(SELLERS);
  await isAt(2_000);
  // Another list begins at its first row.
  await sellersGrid(manager).search('a');
  await waitUntil('the first row', async () => (await upperRow()) === 0);
  await sellersGrid(manager).search('');
});

it('rows that come in above move neither what is being typed nor the keys nor a selection to other sellers', async () => {
  const { grid, drawn, waitForCount } = sellersGrid(manager);
  const remote = await api(server);
  await manager.evaluate(() => (location.hash = '#/sellers'));
  await waitForCount(SELLERS);
  await grid.evaluate((element) => element.scrollTo({ top: 0 }));
  await waitUntil('the first row', async () => (await upperRow()) === 0);
  let total = SELLERS;
  const arrive = async (count: number) => {
    const names = Array.from({ length: count }, (_, at) => `arrival_${total + at}`);
    await remote.push(
      names.map((display_name) => ({
        table: 'sellers',
        op: 'create' as const,
        record_ids: [crypto.randomUUID()],
        data: { display_name, source: 'manual' },
      })),
    );
    // Not by the mouse, which would take the focus along.
    await manager.getByRole('button', { name: 'Sync now' }).evaluate((button: HTMLElement) => button.click());
    await waitForCount((total += count));
  };
  const nameAt = async (index: number) => (await drawn()).find(([at]) => at === index)?.[1];
  const [edited, neighbour] = [await nameAt(4), await nameAt(5)];

  await cellAt(4, 'times_seen').click();
  await manager.keyboard.press('e');
  await manager.keyboard.press('Control+a');
  await manager.keyboard.type('typed_');
  await arrive(3);
  await manager.keyboard.type('fxj_on');
  const editor = manager.getByRole('textbox', { name: `Name of ${edited}` });
  expect(await editor.inputValue()).toBe('typed_fxj_on');
  await manager.keyboard.press('Enter');
  await manager.getByText(`Renamed ${edited} to typed_fxj_on`).first().waitFor();
  expect(await nameAt(7)).toBe('typed_fxj_on');
  await waitUntil('the focus on its cell', async () => (await focused())[2] === true);
  expect((await focused())[0]).toBe('9');

  // Further than is drawn: its row has the keys at once.
  await arrive(40);
  expect((await focused())[0]).toBe('49');
  await manager.keyboard.press('ArrowDown');
  await waitUntil('the next one', async () => (await focused())[0] === '50');
  expect(await nameAt(48)).toBe(neighbour);

  // Scrolled far away and back, a name that is being typed is neither saved nor lost.
  await manager.keyboard.press('e');
  await manager.keyboard.press('Control+a');
  await manager.keyboard.type('far_away');
  await grid.evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
  await waitUntil('the last row', async () => (await drawn()).some(([at]) => at === total - 1));
  await arrive(1);
  await manager.keyboard.type('_and_back');
  const far = manager.getByRole('textbox', { name: `Name of ${neighbour}` });
  expect(await far.inputValue()).toBe('far_away_and_back');
  const sent = [...(await remote.pullAll('sellers')).values()].map(({ display_name: name }) => name);
  expect(sent.filter((name) => name.startsWith('far_away'))).toEqual([]);
  await grid.evaluate((element) => element.scrollTo({ top: 40 * 36 }));
  await waitUntil('its neighbour', async () => (await drawn()).some(([at]) => at === 48));
  await manager.keyboard.press('Enter');
  await manager.getByText(`Renamed ${neighbour} to far_away_and_back`).first().waitFor();

  await grid.evaluate((element) => element.scrollTo({ top: 0 }));
  await cellAt(3, 'times_seen').click();
  const chosen = [await nameAt(3), await nameAt(4), await nameAt(5)];
  await arrive(2);
  await cellAt(7, 'times_seen').click({ modifiers: ['Shift'] });
  await selected(3);
  const names = await grid.locator('[aria-selected="true"] a').allTextContents();
  expect(names).toEqual(chosen);
});

interface Unread {
  /** The row of the next press, once there was one. */
  pressed: number | null;
  /** Lets the query worker be asked for rows again, and asks what was held back. */
  readAgain(): void;
}

/**
 * In the page: keeps the query worker from being asked for rows, and scrolls far away. A pause of `hold` milliseconds,
 * as long as rows are drawn for those, does not end, however late the mouse is.
 */
function leapUnread({ top, hold }: { top: number; hold: number }): Promise<Unread> {
  const post = Worker.prototype.postMessage;
  const wait = setTimeout;
  globalThis.setTimeout = ((run: () => void, ms?: number) => wait(run, ms === hold ? 60_000 : ms)) as typeof wait;
  const held: (() => void)[] = [];
  Worker.prototype.postMessage = function (this: Worker, message: { name?: string }) {
    if (message.name === 'window') held.push(() => post.call(this, message));
    else post.call(this, message);
  };
  const unread: Unread = {
    pressed: null,
    readAgain() {
      Worker.prototype.postMessage = post;
      globalThis.setTimeout = wait;
      for (const ask of held.splice(0)) ask();
    },
  };
  const notePress = ({ target }: Event) => {
    const row = (target as Element).closest<HTMLElement>('[data-index]');
    unread.pressed = row === null ? null : Number(row.dataset['index']);
  };
  addEventListener('pointerdown', notePress, { once: true, capture: true });
  document.querySelector('[role=grid]')?.scrollTo({ top });
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(unread))));
}

it('a stroke that begins on rows that are drawn while others are read paints what was seen, then what came', async () => {
  const { grid, drawn } = sellersGrid(manager);
  const chip = manager.getByRole('button', { name: /^Flagged [\d,]+$/ });
  const flagged = async () => Number(/\d[\d,]*/.exec((await chip.textContent()) ?? '')?.[0].replaceAll(',', ''));
  const isFlagged = (index: number) => cellAt(index, 'flagged').getByRole('button').getAttribute('aria-pressed');
  const before = await flagged();
  await grid.evaluate((element) => element.scrollTo({ top: 0 }));
  const start = await cellAt(5, 'times_seen').boundingBox();
  // The first row decides which.
  const to = String((await isFlagged(5)) !== 'true');
  await manager.mouse.move((start?.x ?? 0) + 20, (start?.y ?? 0) + 10);
  const unread = await manager.evaluateHandle(leapUnread, { top: 1_500 * 36, hold: HOLD_MS });
  await manager.mouse.down({ button: 'right' });
  expect(await unread.evaluate(({ pressed }) => pressed)).toBe(5);
  await unread.evaluate(({ readAgain }) => readAgain());
  await waitUntil('those in view', async () => (await upperRow()) === 1_500 && (await drawn()).length > 15);
  const box = await cellAt(1_508, 'times_seen').boundingBox();
  const other = await isFlagged(1_508);
  await manager.mouse.move((box?.x ?? 0) + 20, (box?.y ?? 0) + 10);
  await manager.mouse.up({ button: 'right' });
  await waitUntil('what came is painted', async () => (await isFlagged(1_508)) === to);
  // Rows between were never on the screen.
  const painted = to === other ? 1 : 2;
  await manager
    .getByText(`${to === 'true' ? 'Flagged' : 'Unflagged'} ${painted === 1 ? '1 seller' : '2 sellers'}`)
    .waitFor();
  await grid.evaluate((element) => element.scrollTo({ top: 0 }));
  await cellAt(5, 'flagged').waitFor();
  await waitUntil('what was seen is painted', async () => (await isFlagged(5)) === to);
  await waitUntil('as many flags', async () => (await flagged()) === before + (to === 'true' ? painted : -painted));
  await manager.keyboard.press('Control+z');
  await waitUntil('the flags of before', async () => (await flagged()) === before);
});
