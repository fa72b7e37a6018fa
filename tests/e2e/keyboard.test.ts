import { isDeepStrictEqual } from 'node:util';
import type { Locator, Page } from '@playwright/test';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import type { Api } from '#tests/helpers/api.ts';
import { api } from '#tests/helpers/api.ts';
import { checkAxe } from '#tests/helpers/check-axe.ts';
import { connect, waitForSynced } from '#tests/helpers/connect.ts';
import { cutOff } from '#tests/helpers/cut-off.ts';
import { holdFrames } from '#tests/helpers/hold-frames.ts';
import { sellersGrid } from '#tests/helpers/sellers-grid.ts';
import { startExtension } from '#tests/helpers/start-extension.ts';
import type { TestServer } from '#tests/helpers/start-server.ts';
import { startServer } from '#tests/helpers/start-server.ts';
import { withKeys } from '#components/shortcuts/key-words.ts';
import { shortcuts } from '#components/shortcuts/shortcuts.ts';
import { waitForFocus } from '#tests/helpers/wait-for-focus.ts';
import { waitUntil } from '#tests/helpers/wait-until.ts';

const names = ['acme_parts', 'acme_tools', 'acme_toys', ...Array.from({ length: 57 }, (_, at) => `seller_${at + 10}`)];

let server: TestServer;
let browser: Awaited<ReturnType<typeof startExtension>>;
let manager: Page;
let remote: Api;

beforeAll(async () => {
  server = await startServer({ args: ['--no-worker'] });
  remote = await api(server);
  browser = await startExtension();
  await browser.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  manager = await browser.openManager('#/sellers');
  await connect(manager, server);
  await manager.getByRole('link', { name: 'Sellers' }).click();
  await manager.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

it('sellers that the server has come into the list', async () => {
  await remote.push(
    names.map((display_name) => ({
      table: 'sellers',
      op: 'create' as const,
      record_ids: [crypto.randomUUID()],
      data: { display_name, feedback_percent: 99.5, feedback_count: 1200, source: 'manual' },
    })),
  );
  await manager.getByRole('button', { name: 'Sync now' }).click();
  await sellersGrid(manager).waitForCount(names.length);
});

it('a working day needs no pointer', async () => {
  const sellers = sellersGrid(manager);
  const row = (index: number) => sellers.grid.locator(`[role=row][data-index="${index}"]`);

  // Search, and on into the list.
  await press('/');
  await manager.keyboard.type('acme');
  await sellers.waitForCount(3);
  await press('Enter');
  await waitForFocus(row(0));
  const [first, second, third] = (await sellers.drawn()).map(([, name]) => name) as [string, string, string];

  // Select two, flag them with one key, clear.
  await press('x', 'j', 'x');
  await said('2 selected');
  await press(' ');
  await said('Flagged 2 sellers');
  await waitUntil('both flagged', async () => (await sellers.isFlagged(first)) && (await sellers.isFlagged(second)));
  await press('Escape');
  await manager.getByText('2 selected').waitFor({ state: 'hidden' });

  // Space is for the row in focus where none is selected.
  await press('ArrowDown');
  await waitForFocus(row(2));
  await press(' ');
  await said(`Flagged ${third}`);
  await press('Control+z');
  await said(`Undone: Flagged ${third}`);

  // A note on it, in the panel; Escape leads back to its row.
  await press('n');
  await waitForFocus(manager.getByRole('textbox', { name: 'Note' }));
  await manager.keyboard.type('Call in May, f and x are letters here');
  await press('Control+Enter');
  // Stored, it is among what happened a moment before it is said to be.
  await manager.getByRole('textbox', { name: 'Note' }).waitFor({ state: 'detached' });
  await panel(third).getByText('Call in May').waitFor();
  await press('Escape');
  await panel(third).waitFor({ state: 'detached' });
  await waitForFocus(row(2));
  // Once more, when all of it is at hand.
  await press('n');
  await waitForFocus(manager.getByRole('textbox', { name: 'Note' }));
  await press('Escape', 'Escape');
  await panel(third).waitFor({ state: 'detached' });
  await waitForFocus(row(2));

  // Its name: one that is taken is explained, another is saved.
  await press('e');
  await manager.keyboard.type(first);
  await press('Enter');
  await said(`Another seller is called ${first} already.`);
  await press('Control+a');
  await manager.keyboard.type('acme_games');
  await press('Enter');
  await said(`Renamed ${third} to acme_games`);
  await waitForFocus(row(2));

  // Details, and those of the one before.
  await press('Enter');
  await panel('acme_games').getByText('Call in May').waitFor();
  await press('k');
  await panel(second).waitFor();
  expect(manager.url()).toContain('seller=');
  await press('Escape');
  await waitForFocus(row(1));

  // By name what one knows no key for; the palette gives the focus back first.
  await press('Control+k');
  await manager.getByRole('dialog', { name: 'Commands' }).waitFor();
  await manager.keyboard.type('edit name');
  await press('Enter');
  await waitForFocus(manager.getByRole('textbox', { name: `Name of ${second}` }));
  await press('Escape');
  await waitForFocus(row(1));

  // All that the focused row, the list and the page offer is in it.
  await press('Control+k');
  await manager.getByRole('option', { name: 'Saved views' }).waitFor();
  const offered = await manager.getByRole('option').allTextContents();
  const byKeyAlone = ['Move', 'palette', 'close', 'select', 'extend', 'next', 'previous', 'undo'];
  for (const { id, group, title } of shortcuts)
    if (!byKeyAlone.includes(group) && !byKeyAlone.includes(id))
      expect(
        offered.filter((words) => words.startsWith(title)),
        title,
      ).not.toEqual([]);
  expect(offered).toEqual(
    expect.arrayContaining(['Add filter', 'Sort by Name', 'Show column Note', 'Filter: Flagged']),
  );
  await press('Escape');
  await waitForFocus(row(1));

  // Delete and undo.
  await press('Delete');
  await said(`Deleted ${second}`);
  await sellers.waitForCount(2);
  // Tooltips name the same keys.
  for (const [role, name, id] of [
    ['button', 'Flag', 'flag'],
    ['button', 'Delete', 'delete'],
    ['searchbox', 'Search sellers', 'search'],
    ['button', 'Undo', 'undo'],
    ['button', 'Keyboard shortcuts', 'help'],
  ] as const)
    expect(await manager.getByRole(role, { name, exact: true }).first().getAttribute('title')).toBe(withKeys(name, id));
  await press('Control+z');
  await said(`Undone: Deleted ${second}`);
  await sellers.waitForCount(3);

  // Everything that matches, on the clipboard.
  await press('Control+a');
  await said('3 selected');
  await press('Control+c');
  await said('Copied 3 names');
  const copied = await manager.evaluate(() => navigator.clipboard.readText());
  expect(copied.split('\n').toSorted()).toEqual([first, second, 'acme_games'].toSorted());
  await press('Escape', '/', 'Escape');
  await sellers.waitForCount(names.length);

  // A filter by its chip, and off by the palette.
  for (let at = 0; at < 10 && !(await hasFocus(chip('Flagged'))); at++) await press('Tab');
  await press(' ');
  await sellers.waitForCount(2);
  await press('Control+k');
  await manager.getByRole('dialog', { name: 'Commands' }).waitFor();
  await manager.keyboard.type('clear');
  await press('Enter');
  await sellers.waitForCount(names.length);

  // All keys, and other pages.
  await press('?');
  const help = manager.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await help.getByText('Delete', { exact: true }).waitFor();
  await press('Escape');
  await help.waitFor({ state: 'detached' });

  // What is pressed right after Escape is not lost, however long a dialog or menu takes to fade out.
  await manager.emulateMedia({ reducedMotion: 'no-preference' });
  const palette = manager.getByRole('dialog', { name: 'Commands' });
  await row(0).getByRole('gridcell').nth(4).click();
  await press('Shift+F10');
  await manager.getByRole('menu').waitFor();
  await press('Escape', '?');
  await help.waitFor();
  await press('Escape', 'Control+k');
  await palette.waitFor();
  await manager.keyboard.type('no such command');
  await press('Escape', 'Control+k');
  await palette.getByRole('option', { name: 'Flag or unflag' }).waitFor();
  await waitForFocus(palette.getByRole('combobox'));
  await press('Escape', 'j', 'x', 'j', 'x');
  await said('3 selected');
  await waitForFocus(row(2));
  // Nor after something was chosen: that is done first.
  const fourth = (await sellers.drawn()).find(([at]) => at === 3)?.[1] ?? '';
  await press('Control+k');
  await palette.waitFor();
  await manager.keyboard.type('open details');
  await press('Enter', 'j');
  await panel(fourth).waitFor();
  await press('Escape');
  await waitForFocus(row(3));
  await press('Control+k');
  await palette.waitFor();
  await manager.keyboard.type('edit name');
  await press('Enter');
  await manager.keyboard.type('at once');
  expect(await manager.getByRole('textbox', { name: /^Name of/ }).inputValue()).toBe('at once');
  await press('Escape', 'Control+k');
  // With the mouse, too; what it opens is not closed by the same click.
  await palette.getByRole('option', { name: 'Add filter' }).click();
  await waitForFocus(manager.getByRole('combobox', { name: 'Column' }));
  await palette.waitFor({ state: 'detached' });
  expect(await manager.getByRole('combobox', { name: 'Column' }).isVisible()).toBe(true);
  await press('Escape');
  await row(3).getByRole('gridcell').nth(4).focus();
  await press('?');
  await help.getByRole('button', { name: 'Close' }).click();
  await press('k', 'x');
  await waitForFocus(row(2));
  await said('2 selected');
  await press('Escape');
  await manager.getByText('2 selected').waitFor({ state: 'hidden' });
  await manager.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
  await press('g', 'r');
  await manager.getByRole('heading', { name: 'Runs', level: 1 }).waitFor();
  await press('g', 'b');
  await manager.getByRole('heading', { name: 'Bookkeeping', level: 1 }).waitFor();
  await press('g', 's');
  await sellers.waitForCount(names.length);

  await waitForSynced(manager);
  const rows = [...(await remote.pullAll('sellers')).values()];
  expect(rows.flatMap(({ flagged, display_name }) => (flagged ? display_name : [])).toSorted()).toEqual(
    [first, second].toSorted(),
  );
  expect(rows.find(({ display_name }) => display_name === 'acme_games')?.note).toMatch(/^Call in May/);
});

async function toList(): Promise<void> {
  await manager.evaluate(() => (location.hash = '#/runs'));
  await manager.evaluate(() => (location.hash = '#/sellers'));
  await sellersGrid(manager).waitForCount(names.length);
}

it('keys pressed before the next frame are for what has just been opened', async () => {
  const sellers = sellersGrid(manager);
  await toList();
  const focused = () => manager.evaluate(() => document.activeElement?.closest('[role=dialog], [role=menu]')?.role);
  await sellers.grid.locator('[data-index="0"]').getByRole('gridcell').nth(4).click();
  await said('1 selected');
  let drawFrames = await holdFrames(manager);
  onTestFinished(() => drawFrames());
  await press('Control+k');
  await manager.keyboard.type('note');
  expect(await manager.getByRole('combobox', { name: 'Find a command' }).inputValue()).toBe('note');
  await press('Escape', '?');
  expect(await focused()).toBe('dialog');
  for (let times = 0; times < 2; times++) {
    await press('Escape', 'Shift+F10');
    expect(await focused()).toBe('menu');
  }
  // Where it goes on to within the frame, it stays.
  await press('Escape', 'Control+k', 'Tab');
  const palette = manager.getByRole('dialog', { name: 'Commands' });
  await waitForFocus(palette.getByRole('button', { name: 'Close' }));
  await drawFrames();
  expect(await hasFocus(palette.getByRole('button', { name: 'Close' }))).toBe(true);
  await press('Escape');
  // None of it was for the page.
  await said('1 selected');
  expect(new URL(manager.url()).hash).not.toContain('seller=');
  await waitForFocus(sellers.grid.locator('[data-index="0"]'));
  // What had the focus may be gone by the time; then it is where it was before.
  drawFrames = await holdFrames(manager);
  await manager.evaluate(() => {
    const button = document.body.appendChild(document.createElement('button'));
    button.focus();
    document.addEventListener('keyup', () => button.remove(), { once: true });
  });
  await press('?', 'Escape', 'j');
  await waitForFocus(sellers.grid.locator('[data-index="1"]'));
  await press('Escape');
  await manager.getByText('1 selected').waitFor({ state: 'hidden' });
});

it('the right button held paints flags as far as rows are on the screen, and one Undo takes back exactly those', async () => {
  const sellers = sellersGrid(manager);
  await toList();
  const before = await flagged();
  await paint(3, 8);
  await said(/^Flagged \d sellers$/);
  const drawn = await sellers.drawn();
  const over = drawn.flatMap(([index, name]) => (index >= 3 && index <= 8 ? name : []));
  await waitForFlags(new Set([...before, ...over]));
  // Painted from a flagged row, flags go.
  await paint(5, 4);
  await said('Unflagged 2 sellers');
  await press('Control+z');
  await said('Undone: Unflagged 2 sellers');
  await waitForFlags(new Set([...before, ...over]));
  await paint(3, 8);
  await said('Unflagged 6 sellers');
  await waitForFlags(before);
  // Escape gives a stroke up.
  await paint(10, 12, async () => press('Escape'));
  await waitForFlags(before);
  // What the wheel brings by under the pressed button is not painted.
  const box = await sellers.grid.locator('[data-index="3"]').boundingBox();
  const at = { x: (box?.x ?? 0) + 400, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 };
  await manager.mouse.move(at.x, at.y);
  await manager.mouse.down({ button: 'right' });
  await manager.mouse.wheel(0, 12 * (box?.height ?? 0));
  await waitUntil('the scrolling', () => sellers.grid.evaluate(({ scrollTop }) => scrollTop > 300));
  await manager.mouse.move(at.x + 4, at.y);
  await manager.mouse.up({ button: 'right' });
  await said(/^Flagged 2 sellers$/);
  await sellers.grid.evaluate((grid) => grid.scrollTo({ top: 0 }));
  await press('Control+z');
  await said('Undone: Flagged 2 sellers');
  await waitForFlags(before);
});

it('the menu of a row comes by the right button and by the keyboard, and can have runs pass a seller over', async () => {
  const sellers = sellersGrid(manager);
  await toList();
  const cell = (index: number) => sellers.grid.locator(`[data-index="${index}"]`).getByRole('gridcell').nth(4);
  const nameAt = async (index: number) => (await sellers.drawn()).find(([at]) => at === index)?.[1] ?? '';
  const name = await nameAt(4);
  await cell(4).click({ button: 'right' });
  const menu = manager.getByRole('menu', { name });
  expect(await menu.getByRole('menuitem').first().textContent()).toMatch(/^Flag/);
  await menu.getByRole('menuitem', { name: 'Edit name' }).click();
  await waitForFocus(manager.getByRole('textbox', { name: `Name of ${name}` }));
  await menu.waitFor({ state: 'detached' });
  await waitForFocus(manager.getByRole('textbox', { name: `Name of ${name}` }));
  await press('Escape');

  const before = [...(await remote.pullAll('sellers')).values()].find(({ display_name }) => display_name === name);
  await cell(4).click();
  await press('Shift+F10');
  await menu.waitFor();
  await press('End', 'Enter');
  await said(`Deleted ${name}; runs pass over it from now on`);
  await waitUntil('gone on the server', async () => !(await remote.pullAll('sellers')).has(before?.id ?? ''));
  await press('Control+z');
  await said(/^Undone: Deleted/);
  await waitUntil('back on the server', async () => (await remote.pullAll('sellers')).has(before?.id ?? ''));
  expect((await remote.pullAll('sellers')).get(before?.id ?? '')).toMatchObject({ no: before?.no, display_name: name });
});

it('axe has nothing to say about all of the list and a seller', async () => {
  const sellers = sellersGrid(manager);
  await toList();
  await sellers.grid.locator('[data-index="2"]').getByRole('gridcell').nth(4).click();
  await press('Enter');
  await manager
    .getByRole('complementary')
    .getByText(/^Added /)
    .first()
    .waitFor();
  await checkAxe(manager, 'details');
  await press('Escape');
});

it('at 200 % zoom and on a narrow screen everything can be reached', async () => {
  const sellers = sellersGrid(manager);
  const cell = () => sellers.grid.locator('[data-index="1"]').getByRole('gridcell').nth(1);
  const named = (name: string | RegExp) => manager.getByRole('button', { name }).first();
  const dialog = manager.getByRole('dialog');
  const close = async () => {
    await press('Escape');
    await manager.getByRole('dialog').or(manager.getByRole('menu')).first().waitFor({ state: 'detached' });
  };
  const go = (hash: string) => manager.evaluate((next) => (location.hash = next), hash);
  const screen = await manager.context().newCDPSession(manager);
  // 1,280 by 800 pixels at 200 % are 640 by 400 of the page's own.
  for (const [what, size] of [
    ['200 %', { width: 640, height: 400, deviceScaleFactor: 2 }],
    ['380 px', { width: 380, height: 700, deviceScaleFactor: 1 }],
  ] as const) {
    await screen.send('Emulation.setDeviceMetricsOverride', { ...size, mobile: false });
    const expectAll = async (state: string) => expect(await cutOff(manager), `${state}, ${what}`).toEqual([]);
    await go('#/sellers?filter=');
    await sellers.waitForCount(names.length);
    await checkAxe(manager, `the list, ${what}`);
    await expectAll('the list');
    for (const [name, opened] of [
      ['Add filter', dialog],
      ['Views', dialog],
      ['Columns', dialog],
      ['Add sellers', dialog],
      ['Export', dialog],
    ] as const) {
      await named(name).click();
      await opened.first().waitFor();
      await expectAll(name);
      await close();
    }
    await cell().focus();
    for (const [key, opened] of [
      ['Shift+F10', manager.getByRole('menu')],
      ['Control+k', dialog],
      ['?', dialog],
    ] as const) {
      await press(key);
      await opened.first().waitFor();
      await expectAll(key);
      await close();
    }
    await cell().focus();
    await press('Enter', 'n');
    await manager.getByRole('textbox', { name: 'Note' }).waitFor();
    await expectAll('a note');
    await checkAxe(manager, `a note, ${what}`);
    await press('Escape', 'Escape');
    await sellers.search('no such name');
    await manager.getByText('No seller matches').waitFor();
    await expectAll('nothing found');
    for (const hash of ['#/sellers?filter=&attention=1', '#/overview', '#/runs', '#/settings']) {
      await go(hash);
      await (hash.includes('attention') ? dialog : manager.getByRole('main').getByRole('heading')).first().waitFor();
      await expectAll(hash);
    }
  }
  await screen.send('Emulation.clearDeviceMetricsOverride');
});

async function press(...keys: readonly string[]): Promise<void> {
  for (const key of keys) await manager.keyboard.press(key);
}

async function said(words: string | RegExp): Promise<void> {
  await manager.getByText(words).first().waitFor();
}

const panel = (name: string): Locator => manager.getByRole('complementary', { name });
const chip = (name: string): Locator => manager.getByRole('button', { name: new RegExp(`^${name}`) }).first();
const hasFocus = (element: Locator): Promise<boolean> => element.evaluate((one) => one === document.activeElement);

async function flagged(): Promise<Set<string>> {
  const rows = [...(await remote.pullAll('sellers')).values()];
  return new Set(rows.flatMap(({ flagged: isFlagged, display_name }) => (isFlagged ? display_name : [])));
}

/** What is stored is sent soon after; the status line says so of longer syncs alone. */
async function waitForFlags(wanted: ReadonlySet<string>): Promise<void> {
  await waitUntil('these flags on the server', async () => isDeepStrictEqual(await flagged(), wanted));
}

/** Presses the right button on a row, and lets it go on another. */
async function paint(from: number, to: number, before: () => Promise<void> = async () => undefined): Promise<void> {
  const centre = async (index: number): Promise<[number, number]> => {
    const box = await sellersGrid(manager).grid.locator(`[data-index="${index}"]`).boundingBox();
    return [(box?.x ?? 0) + 400, (box?.y ?? 0) + (box?.height ?? 0) / 2];
  };
  await manager.mouse.move(...(await centre(from)));
  await manager.mouse.down({ button: 'right' });
  await manager.mouse.move(...(await centre(to)), { steps: 2 });
  await before();
  await manager.mouse.up({ button: 'right' });
}
