import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildSearchPage } from '#tests/fixtures/ebay-page/build-page.ts';
import type { Api } from '#tests/helpers/api.ts';
import { api } from '#tests/helpers/api.ts';
import type { ServedPages } from '#tests/helpers/serve-pages.ts';
import { servePages } from '#tests/helpers/serve-pages.ts';
import type { FirefoxExtension } from '#tests/helpers/start-firefox.ts';
import { firefoxPath, startFirefox } from '#tests/helpers/start-firefox.ts';
import type { TestServer } from '#tests/helpers/start-server.ts';
import { paletteOf } from '#tests/helpers/palette-of.ts';
import { writePicture } from '#tests/helpers/screen-pictures.ts';
import { screenProblems } from '#tests/helpers/screen-problems.ts';
import type { ScreenName } from '#tests/helpers/screens.ts';
import { sendCommand } from '#tests/helpers/send-command.ts';
import { startServer } from '#tests/helpers/start-server.ts';
import { waitUntil } from '#tests/helpers/wait-until.ts';

const executablePath = firefoxPath();
// CI fails before it comes here when Firefox is missing (scripts/bootstrap.mjs).
describe.skipIf(executablePath === null)('Firefox (skipped when none is installed)', () => {
  let server: TestServer;
  let client: Api;
  let firefox: FirefoxExtension;
  let manager: Page;
  let ebay: ServedPages;

  const names = ['gadget_harbor', 'north-line.parts', 'tinytools4u'];

  beforeAll(async () => {
    server = await startServer();
    client = await api(server);
    await client.push(
      names.slice(0, 2).map((name) => ({
        table: 'sellers',
        op: 'create',
        record_ids: [crypto.randomUUID()],
        data: { display_name: name },
      })),
    );
    const listings = names.map((name) => ({
      seller: { name, percent: 99.1, count: 1200 },
      variant: 'two_spans' as const,
    }));
    ebay = await servePages((url) => (url.pathname === '/sch/i.html' ? buildSearchPage(listings) : null));
    firefox = await startFirefox(executablePath ?? '');
    manager = await firefox.openManager('#/settings');
  });
  afterAll(async () => {
    await firefox?.close();
    await ebay?.stop();
    await server?.stop();
  });

  test('the build connects and its list fills from the server', async () => {
    await fill('Server address', server.url);
    await fill('Email', server.email);
    await fill('Password', server.password);
    await (await byRole('button', 'Connect')).click();
    await byRole('button', 'Disconnect');
    await (await byRole('link', 'Sellers')).click();
    for (const name of names.slice(0, 2)) await byRole('link', name);
    const text = await waitUntil('a synced status', async () => {
      const status = await (await byRole('status', 'Sync')).evaluate((node) => node.textContent ?? '');
      return status.startsWith('Synced') && status;
    });
    expect(text).toMatch(/^Synced/);
  });

  test('the list is searched, a seller opens beside it, is flagged and unflagged by a key', async () => {
    const [, name = ''] = names;
    const flagged = async () =>
      [...(await client.pullAll('sellers')).values()].flatMap((row) => (row.flagged ? row.display_name : []));
    await manager.bringToFront();
    const box = await byRole('searchbox', 'Search sellers');
    await box.type('north');
    await waitUntil('one row', () =>
      manager.evaluate(`document.querySelector('[role=grid]').getAttribute('aria-rowcount') === '2'`),
    );
    await manager.keyboard.press('Enter');
    await manager.keyboard.press('Enter');
    await byRole('complementary', name);
    await manager.keyboard.press('f');
    await byRole('button', 'Flagged');
    await waitUntil('the flag on the server', async () => (await flagged()).includes(name));
    await manager.keyboard.press('f');
    await waitUntil('no flag on the server', async () => (await flagged()).length === 0);
    await manager.keyboard.press('Escape');
    await waitUntil('the panel gone', () => manager.evaluate(`document.querySelector('aside') === null`));
    await manager.evaluate(`location.hash = '#/sellers?filter='`);
    await byRole('link', names[0] ?? '');
  });

  test('its main screens are drawn as they should be, at two sizes, dark and light', async () => {
    await check('firefox, sellers');
    await manager.keyboard.press('Home');
    await manager.keyboard.press('Enter');
    await byRole('complementary', names[1] ?? '');
    await check('firefox, details');
    await manager.keyboard.press('Escape');
    await (await byRole('button', 'Add sellers')).click();
    await byRole('textbox', 'Sellers to add');
    await check('firefox, add dialog');
    await manager.keyboard.press('Escape');
    await (await byRole('link', 'Overview')).click();
    await byRole('heading', 'Growth of the list');
    await check('firefox, overview');
    await (await byRole('link', 'Sellers')).click();
    await byRole('link', names[0] ?? '');
  });

  test('the overlay marks an eBay page, and a flag set there reaches the server', async () => {
    const page = await firefox.browser.newPage();
    await page.goto(`${ebay.origin}/sch/i.html`);
    const hosts = await waitUntil('a mark beside every seller', () =>
      page.evaluate((count) => {
        const found = [...document.querySelectorAll('#srp-river-results *')].filter((node) =>
          node.localName.startsWith('sellerdex-'),
        );
        return (
          found.length === count &&
          found.map((node) => {
            const { x, y, height } = node.getBoundingClientRect();
            return { x, y: y + height / 2 };
          })
        );
      }, names.length),
    );
    // The marks live in closed shadow roots, so they are clicked where they are seen: the flag comes first.
    const first = hosts[0];
    if (first === undefined) throw new Error('no mark');
    await page.mouse.click(first.x + 6, first.y);
    const flagged = await waitUntil('the flag on the server', async () => {
      const rows = [...(await client.pullAll('sellers')).values()].filter((row) => row.flagged);
      return rows.length > 0 && rows.map((row) => row.display_name);
    });
    expect(flagged).toEqual([names[0]]);
  });

  test('a restart brings the manager back at the address that it was at', async () => {
    await manager.evaluate(`location.hash = '#/sellers?q=${names[1]}'`);
    await byRole('link', names[1] ?? '');
    const address: string = await manager.evaluate(() => location.href);
    const [before] = (await tabs()).filter((tab) => tab.documentUrl === address);
    expect(await sendCommand(manager, 'update.apply', {})).toMatchObject({ ok: true });
    // The protocol that drives Firefox tells of no page that an extension opens or loses; the extension does.
    // A page that is opened too early goes with the old start.
    const closed = async () =>
      Promise.race([manager.evaluate('false'), sleep(1_000).then(() => true)]).catch(() => true) as Promise<boolean>;
    await waitUntil('the end of the old start', closed);
    manager = await waitUntil('a manager', () => firefox.openManager('#/settings').catch(() => null), 30_000);
    await waitUntil('the tab of the new start', async () => {
      const found = (await tabs()).filter((tab) => tab.documentUrl === address);
      return found.length === 1 && found[0]?.tabId !== before?.tabId;
    });
  });

  async function check(name: ScreenName): Promise<void> {
    for (const [size, width] of [
      ['wide', 1280],
      ['narrow', 380],
    ] as const) {
      await manager.setViewport({ width, height: 800 });
      for (const theme of ['light', 'dark']) {
        await manager.evaluate((chosen) => (document.documentElement.dataset['theme'] = chosen), theme);
        const what = `${name}, ${size}, ${theme}`;
        let problems: string[] = [];
        // Those that do not go away: a notice may be coming or going.
        const isFine = async () => {
          problems = await screenProblems(manager as unknown as Parameters<typeof screenProblems>[0]);
          return problems.length === 0;
        };
        await waitUntil(what, isFine, 1_000).catch(() => undefined);
        expect.soft(problems, what).toEqual([]);
        const png = Buffer.from(await manager.screenshot());
        writePicture(png, name, `${size}.${theme}`);
        const { share, isDark } = paletteOf(png);
        expect.soft(share, `${what}: the share of one colour`).toBeLessThan(0.995);
        expect.soft(isDark, `${what}: its background is dark`).toBe(theme === 'dark');
      }
    }
    await manager.evaluate(() => delete document.documentElement.dataset['theme']);
    await manager.setViewport({ width: 1280, height: 800 });
  }

  function tabs(): Promise<{ documentUrl: string; tabId: number }[]> {
    return manager.evaluate(`browser.runtime.getContexts({ contextTypes: ['TAB'] })`) as Promise<
      { documentUrl: string; tabId: number }[]
    >;
  }

  async function byRole(role: string, name: string) {
    const handle = await manager.waitForSelector(`::-p-aria([name="${name}"][role="${role}"])`, { timeout: 20_000 });
    if (handle === null) throw new Error(`no ${role} ${name}`);
    return handle;
  }

  async function fill(name: string, value: string) {
    const box = await byRole('textbox', name);
    await box.click({ count: 3 });
    await box.type(value);
  }
});
