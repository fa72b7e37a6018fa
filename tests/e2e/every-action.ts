import type { Page } from '@playwright/test';
import { paste } from '#tests/helpers/paste.ts';
import { sellersGrid } from '#tests/helpers/sellers-grid.ts';
import { waitUntil } from '#tests/helpers/wait-until.ts';

type Action = readonly [name: string, act: () => Promise<unknown>];

/** Milliseconds for what is done to a million rows at once. */
const WITHIN = 120_000;

/** Rows that are changed as a whole more than twice. */
const MOST_CHANGED = 100_000;

/**
 * Everything that is done with a list of sellers, each by itself and so that it can be repeated: what is changed is
 * undone. `all`: the rows of the list.
 */
export function everyAction(manager: Page, all: number): readonly Action[] {
  const sellers = sellersGrid(manager);
  const { keyboard } = manager;
  const button = (name: string | RegExp) => manager.getByRole('button', { name }).first();
  const said = (words: string | RegExp) => manager.getByText(words).first().waitFor({ timeout: WITHIN });
  const gone = (role: 'dialog' | 'menu') => manager.getByRole(role).waitFor({ state: 'detached' });
  const open = (hash: string) => manager.evaluate((to) => (location.hash = to), hash);
  const cell = (index: number) => sellers.grid.locator(`[data-index="${index}"]`).getByRole('gridcell').nth(4);
  const top = async () => {
    await keyboard.press('Control+Home');
    await cell(0).click();
    await keyboard.press('Escape');
  };
  const centre = async (index: number): Promise<[number, number]> => {
    const box = await cell(index).boundingBox();
    return [(box?.x ?? 0) + 20, (box?.y ?? 0) + (box?.height ?? 0) / 2];
  };
  const inPalette = async (words: string) => {
    await keyboard.press('Control+k');
    await manager.getByRole('dialog', { name: 'Commands' }).waitFor();
    await keyboard.type(words);
    await keyboard.press('Enter');
    await gone('dialog');
  };
  const changeAll = async (change: () => Promise<unknown>, words: string) => {
    await top();
    await keyboard.press('Control+a');
    await said(/ selected$/);
    await change();
    await said(new RegExp(`^${words} [\\d,]+ sellers`));
    await keyboard.press('Control+z');
    await said(`Undone: ${words}`);
    await sellers.waitForCount(all, WITHIN);
    await keyboard.press('Escape');
  };
  const drag = async (from: [number, number], to: [number, number], button: 'left' | 'right' = 'left') => {
    await manager.mouse.move(...from);
    await manager.mouse.down({ button });
    await manager.mouse.move(...to, { steps: 10 });
    await manager.mouse.up({ button });
  };

  return [
    [
      'the list',
      async () => {
        await open('#/sellers?filter=');
        await sellers.waitForCount(all, WITHIN);
        await top();
      },
    ],
    [
      'search',
      async () => {
        await keyboard.press('/');
        await keyboard.type('shop', { delay: 60 });
        await waitUntil('fewer', async () => (await sellers.count()) < all);
        await sellers.search('');
        await sellers.waitForCount(all);
      },
    ],
    [
      'filters',
      async () => {
        for (const chip of [/^Seen ≥ 3/, /^Flagged/, /^Not flagged/]) await button(chip).click();
        await open('#/sellers?filter=display_name:contains:a;feedback_percent:range:98..');
        await waitUntil('fewer', async () => (await sellers.count()) < all);
        await button('Clear filters').click();
        await sellers.waitForCount(all);
      },
    ],
    [
      'a filter by platform id',
      async () => {
        await open('#/sellers?filter=platform_id:empty:no');
        await waitUntil('fewer', async () => (await sellers.count()) < all);
        await button('Clear filters').click();
        await sellers.waitForCount(all);
      },
    ],
    [
      'sort',
      async () => {
        for (const name of ['Name', 'Times seen', 'Feedback %']) {
          const header = sellers.grid.getByRole('columnheader', { name });
          await header.click();
          await waitUntil('its order', async () => (await header.getAttribute('aria-sort')) !== 'none');
          await waitUntil('rows', async () => (await sellers.drawn()).length > 10);
        }
        const second = sellers.grid.getByRole('columnheader', { name: 'Times seen' });
        await second.click({ modifiers: ['Shift'] });
        await waitUntil('a second key', async () => (await second.textContent())?.includes('sort key 2') ?? false);
        await open('#/sellers?filter=');
      },
    ],
    [
      'scroll',
      async () => {
        await cell(0).hover();
        for (let turn = 0; turn < 20; turn++) await manager.mouse.wheel(0, 2_000);
        await keyboard.press('End');
        await waitUntil('the end', async () => (await sellers.drawn()).some(([index]) => index === all - 1));
        await keyboard.press('Home');
        await waitUntil('the first row', async () => (await sellers.drawn()).some(([index]) => index === 0));
      },
    ],
    [
      'keys and selection',
      async () => {
        await top();
        for (let press = 0; press < 30; press++) await keyboard.press('j');
        for (let press = 0; press < 20; press++) await keyboard.press('Shift+ArrowUp');
        for (const key of ['Control+a', 'Control+i', 'x', 'Control+i']) await keyboard.press(key);
        await said(/ selected$/);
        await keyboard.press('Escape');
      },
    ],
    [
      'drag over rows',
      async () => {
        await top();
        await drag(await centre(2), await centre(12));
        await said('11 selected');
        await keyboard.press('Escape');
      },
    ],
    ['flag all and undo', () => changeAll(() => keyboard.press('f'), 'Flagged')],
    ['delete all and undo', () => changeAll(() => keyboard.press('Delete'), 'Deleted')],
    // Of a million rows that would be four million unsent changes more, which no browser holds.
    ...(all > MOST_CHANGED
      ? []
      : [['delete all for good and undo', () => changeAll(() => inPalette('never collect'), 'Deleted')] as const]),
    [
      'paint and undo',
      async () => {
        await top();
        await drag(await centre(2), await centre(12), 'right');
        await said(/^(?:Unf|F)lagged \d+ sellers?$/);
        await keyboard.press('Control+z');
        await said('Undone: ');
      },
    ],
    [
      'the menu of a row',
      async () => {
        await cell(3).click({ button: 'right' });
        await manager.getByRole('menu').waitFor();
        await keyboard.press('Escape');
        await gone('menu');
      },
    ],
    [
      'palette and list of keys',
      async () => {
        await keyboard.press('Control+k');
        await manager.getByRole('dialog', { name: 'Commands' }).waitFor();
        await keyboard.type('sort by', { delay: 30 });
        await keyboard.press('Escape');
        await gone('dialog');
        await keyboard.press('?');
        await manager.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
        await keyboard.press('Escape');
        await gone('dialog');
      },
    ],
    [
      'details',
      async () => {
        await top();
        await keyboard.press('Enter');
        await manager.getByRole('complementary').waitFor();
        for (let press = 0; press < 10; press++) await keyboard.press('j');
        const name = (await sellers.drawn()).find(([index]) => index === 10)?.[1] ?? '';
        await manager.getByRole('complementary', { name, exact: true }).waitFor();
        await keyboard.press('n');
        await manager.getByRole('textbox', { name: 'Note' }).waitFor();
        await keyboard.press('Escape');
        await keyboard.press('Escape');
        await manager.getByRole('complementary').waitFor({ state: 'detached' });
      },
    ],
    [
      'the card of a row',
      async () => {
        await manager.mouse.move(5, 400);
        await sellers.grid.locator('[data-index="3"]').getByRole('link').hover();
        await manager.locator('[data-hover=card]').waitFor();
        await manager.mouse.move(5, 400);
        await manager.locator('[data-hover=card]').waitFor({ state: 'detached' });
      },
    ],
    [
      'a name and a note, and undo',
      async () => {
        await top();
        await keyboard.press('e');
        await keyboard.type('another name', { delay: 30 });
        await keyboard.press('Enter');
        await said(/^Renamed /);
        await keyboard.press('Control+z');
        await said('Undone: Renamed');
        await top();
        await keyboard.press('n');
        await manager.getByRole('textbox', { name: 'Note' }).fill(`A note of ${Date.now()}`);
        await keyboard.press('Control+Enter');
        await manager.getByRole('textbox', { name: 'Note' }).waitFor({ state: 'detached' });
        await keyboard.press('Escape');
        await keyboard.press('Control+z');
        await said(/^Undone: .*note/i);
      },
    ],
    [
      'columns',
      async () => {
        const box = async (name: string) => {
          const found = await sellers.grid.getByRole('columnheader', { name }).boundingBox();
          return found ?? { x: 0, y: 0, width: 0, height: 0 };
        };
        const [items, source] = [await box('Items'), await box('Source')];
        await drag([source.x + 20, source.y + 10], [items.x + 10, items.y + 10]);
        const name = await box('Name');
        const edge = name.x + name.width - 3;
        await drag([edge, name.y + 10], [edge + 80, name.y + 10]);
        await sellers.grid.getByRole('columnheader', { name: 'Name' }).locator('[data-resize]').dblclick();
        await button('Columns').click();
        const columns = manager.getByRole('dialog', { name: 'Columns' });
        for (const name of ['Compact', 'Comfortable', 'Normal'])
          await columns.getByRole('button', { name, exact: true }).click();
        await columns.getByRole('checkbox', { name: 'Platform ID' }).click();
        await columns.getByRole('button', { name: 'Reset columns' }).click();
        await keyboard.press('Escape');
        await gone('dialog');
      },
    ],
    [
      'add 2,000 and undo',
      async () => {
        await button('Add sellers').click();
        const names = Array.from({ length: 2_000 }, (_, at) => `added_${at}`);
        await paste(manager.getByRole('textbox', { name: 'Sellers to add' }), names.join('\n'));
        await said('2,000 new · 0 known · 0 invalid');
        await button('Add 2,000 sellers').click();
        await sellers.waitForCount(all + 2_000);
        await gone('dialog');
        await said('Added 2,000 sellers');
        await keyboard.press('Control+z');
        await sellers.waitForCount(all);
      },
    ],
    [
      'copy all',
      async () => {
        await top();
        await keyboard.press('Control+a');
        await keyboard.press('Control+c');
        await said(/^Copied [\d,]+ names$/);
        await keyboard.press('Escape');
      },
    ],
    [
      'export',
      async () => {
        const dialog = manager.getByRole('dialog', { name: 'Export' });
        await button('Export').click();
        await dialog.getByRole('radio', { name: 'CSV' }).check();
        if (all <= MOST_CHANGED) await dialog.getByRole('checkbox', { name: 'Flag what was exported' }).click();
        const download = manager.waitForEvent('download', { timeout: WITHIN });
        await dialog.getByRole('button', { name: 'Export CSV' }).click();
        await (await download).path();
        await gone('dialog');
        if (all > MOST_CHANGED) return said(/^Exported [\d,]+ sellers/);
        await said(/^Flagged [\d,]+ sellers/);
        await keyboard.press('Control+z');
        return said('Undone: Flagged');
      },
    ],
    [
      'other pages',
      async () => {
        for (const [hash, heading] of [
          ['#/overview', 'Growth of the list'],
          ['#/runs', 'Runs'],
          ['#/settings', 'Settings'],
        ] as const) {
          await open(hash);
          await manager.getByRole('heading', { name: heading }).first().waitFor();
        }
        await open('#/sellers?filter=');
        await sellers.waitForCount(all);
      },
    ],
    [
      'views and what needs attention',
      async () => {
        await button('Views').click();
        await manager.getByRole('dialog', { name: 'Saved views' }).waitFor();
        await keyboard.press('Escape');
        await gone('dialog');
        await open('#/sellers?filter=&attention=1');
        await manager.getByRole('dialog', { name: 'Needs attention' }).waitFor();
        await keyboard.press('Escape');
        await gone('dialog');
      },
    ],
    [
      'another width',
      async () => {
        const size = manager.viewportSize();
        await manager.setViewportSize({ width: 380, height: 800 });
        await manager.setViewportSize(size ?? { width: 1280, height: 800 });
        await waitUntil('rows', async () => (await sellers.drawn()).length > 10);
      },
    ],
  ];
}
