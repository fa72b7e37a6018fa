import type { Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { buildSearchPage } from '#tests/fixtures/ebay-page/build-page.ts';
import { sampleListings, sampleSellers } from '#tests/fixtures/ebay-page/sample-sellers.ts';
import type { Api } from '#tests/helpers/api.ts';
import { api } from '#tests/helpers/api.ts';
import { connectByMessage } from '#tests/helpers/connect-by-message.ts';
import { paletteOf } from '#tests/helpers/palette-of.ts';
import { keepPicture } from '#tests/helpers/screen-pictures.ts';
import { overlayCost } from '#tests/helpers/overlay-cost.ts';
import { overlayOf } from '#tests/helpers/overlay.ts';
import type { ServedPages } from '#tests/helpers/serve-pages.ts';
import { servePages } from '#tests/helpers/serve-pages.ts';
import { startExtension } from '#tests/helpers/start-extension.ts';
import type { TestServer } from '#tests/helpers/start-server.ts';
import { startServer } from '#tests/helpers/start-server.ts';
import { waitUntil } from '#tests/helpers/wait-until.ts';

/** Names that the server knows before: the first known, the second flagged. */
const [known, flagged, fresh, ...others] = sampleSellers(240);
const MARKS = '#srp-river-results sellerdex-mark';

describe('the overlay on an eBay page', () => {
  let server: TestServer;
  let remote: Api;
  let pages: ServedPages;
  let browser: Awaited<ReturnType<typeof startExtension>>;

  beforeAll(async () => {
    if (known === undefined || flagged === undefined || fresh === undefined) throw new Error('no sellers');
    server = await startServer();
    remote = await api(server);
    await remote.push(
      [known, flagged].map((seller) => ({
        table: 'sellers',
        op: 'create',
        record_ids: [crypto.randomUUID()],
        data: { display_name: seller.name, flagged: seller === flagged },
      })),
    );
    pages = await servePages(({ pathname, searchParams }) =>
      pathname === '/sch/i.html'
        ? buildSearchPage(sampleListings(sampleSellers(Number(searchParams.get('n') ?? 12))), {
            dark: searchParams.has('dark'),
          })
        : null,
    );
    browser = await startExtension();
  });
  afterAll(async () => {
    await browser?.close();
    await pages?.stop();
    await server?.stop();
  });
  afterEach(async () => {
    for (const page of browser.context.pages()) if (page.url().startsWith(pages.origin)) await page.close();
  });

  async function open(query = ''): Promise<Page> {
    const page = await browser.context.newPage();
    await page.goto(`${pages.origin}/sch/i.html?${query}`);
    return page;
  }
  const sellersOnServer = async () => [...(await remote.pullAll('sellers')).values()];

  test('says that it is not connected, and marks nothing', async () => {
    const page = await open();
    const overlay = await overlayOf(page);
    await waitUntil('the toolbar', async () =>
      (await overlay.nodes()).some((node) => node.name === 'Connect Sellerdex'),
    );
    expect(await page.locator(MARKS).count()).toBe(0);
    await keepPicture(page, 'overlay, no server', 'wide.light');
    await connectByMessage(browser, server);
    await overlay.waitForButton(`Flag ${fresh?.name}`);
  });

  test('marks every seller once per card, by name, state and count', async () => {
    const page = await open();
    const overlay = await overlayOf(page);
    expect((await overlay.waitForButton(`Flag ${known?.name}`)).description).toBe('known, seen 1 time');
    const unflag = await overlay.waitForButton(`Unflag ${flagged?.name}`);
    expect(unflag).toMatchObject({ description: 'flagged', pressed: 'true' });
    const flag = await overlay.waitForButton(`Flag ${fresh?.name}`);
    expect(flag).toMatchObject({ description: 'new', pressed: 'false' });
    await overlay.waitForButton(`Add ${fresh?.name}`);
    const nodes = await overlay.nodes();
    expect(nodes.filter((node) => node.role === 'button' && /^(?:Flag|Unflag) (?!all)/u.test(node.name))).toHaveLength(
      12,
    );
    expect(nodes.filter((node) => node.role === 'button' && /^Add (?!all)/u.test(node.name))).toHaveLength(10);
    expect(nodes.some((node) => node.role === 'button' && node.name.includes('not_a_result'))).toBe(false);
    expect(nodes.filter((node) => node.role === 'toolbar').map((node) => node.name)).toEqual(['Sellerdex']);
    expect(nodes.some((node) => node.name === '12 sellers, 10 new')).toBe(true);
    await keepPicture(page, 'overlay', 'wide.light');
    await page.setViewportSize({ width: 380, height: 800 });
    await keepPicture(page, 'overlay', 'narrow.light');
    const dark = await open('dark');
    await (await overlayOf(dark)).waitForButton(`Flag ${fresh?.name}`);
    expect(paletteOf(await keepPicture(dark, 'overlay', 'wide.dark')).isDark).toBe(true);
  });

  test('a click by a script does nothing; a person’s flags, here and in another tab within a second', async () => {
    const page = await open();
    const overlay = await overlayOf(page);
    await overlay.waitForButton(`Flag ${fresh?.name}`);
    const other = await overlayOf(await open());
    await other.waitForButton(`Flag ${fresh?.name}`);
    await page.evaluate(() => {
      for (const host of document.querySelectorAll('sellerdex-mark,sellerdex-toolbar')) {
        const { right, top, height } = host.getBoundingClientRect();
        for (const target of [host, document.elementFromPoint(right + 12, top + height / 2)]) {
          target?.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true }));
          if (target instanceof HTMLElement && target.localName.startsWith('sellerdex')) target.click();
        }
      }
    });
    await page.bringToFront();
    const from = Date.now();
    await overlay.click(`Flag ${fresh?.name}`);
    await overlay.waitForButton(`Unflag ${fresh?.name}`, 500);
    await other.waitForButton(`Unflag ${fresh?.name}`, 3000);
    process.stdout.write(`flag seen in another tab after ${Date.now() - from} ms\n`);
    const rows = await waitUntil('the flag on the server', async () => {
      const live = await sellersOnServer();
      return live.some((row) => row.display_name === fresh?.name && row.flagged) && live;
    });
    expect(
      rows
        .filter((row) => row.flagged)
        .map((row) => row.display_name)
        .toSorted(),
    ).toEqual([flagged?.name, fresh?.name].toSorted());
    expect(rows).toHaveLength(3);
    expect(rows.find((row) => row.display_name === fresh?.name)).toMatchObject({
      source: 'overlay',
      feedback_percent: fresh?.percent,
      feedback_count: fresh?.count,
    });
  });

  test('the page’s scripts can read neither names’ states nor counts, and nothing of the page has moved', async () => {
    const page = await browser.context.newPage();
    const rectangles = () =>
      [...document.querySelectorAll('body *')]
        .filter((node) => !node.localName.startsWith('sellerdex-'))
        .map((node) => Object.values(node.getBoundingClientRect().toJSON() as Record<string, number>).join());
    await page.addInitScript(`(${recordLayout.toString()})()`);
    await page.goto(`${pages.origin}/sch/i.html`);
    const overlay = await overlayOf(page);
    await overlay.waitForButton(`Unflag ${flagged?.name}`);
    await waitUntil('all marks', async () => (await page.locator(MARKS).count()) === 12);
    expect(await page.evaluate(rectangles)).toEqual(
      await page.evaluate(() => (globalThis as unknown as { before: string[] }).before),
    );
    const seen = await page.evaluate(probeMarks);
    expect(seen.roots).toEqual([]);
    expect(seen.attributes).toEqual([]);
    expect(seen.text).not.toMatch(/Flag|seen \d|\d new/u);
    expect(seen.found).toEqual([]);
    // States differ; what the page can measure of them does not.
    expect([...new Set(seen.measures)]).toHaveLength(1);
  });

  test('cards added later are marked, and cost the page’s thread little', async () => {
    const costs: number[] = [];
    // The least of some rounds: on a busy machine the others hold time in which the thread waited for a core.
    for (let round = 0; round < 4; round++) {
      const page = await open('n=0');
      const overlay = await overlayOf(page);
      const says = (text: string) =>
        waitUntil(text, async () => (await overlay.nodes()).some((node) => node.name === text));
      await says('0 sellers, 0 new');
      costs.push(
        await overlayCost(page, async () => {
          await page.evaluate(appendCards, 240);
          await waitUntil('240 marks', async () => (await page.locator(MARKS).count()) === 240);
        }),
      );
      await says('240 sellers, 237 new');
      await page.close();
    }
    const least = Math.min(...costs);
    const all = costs.map((cost) => cost.toFixed(1)).join(', ');
    process.stdout.write(`overlay, 240 listings added: ${least.toFixed(1)} ms of the page's thread (rounds: ${all})\n`);
    expect(least).toBeLessThan(60);
  });

  test('with a cold worker 240 listings are marked soon after the page is there', async () => {
    await browser.stopWorker();
    const page = await browser.context.newPage();
    await page.addInitScript(`(${recordMarks.toString()})()`);
    await page.goto(`${pages.origin}/sch/i.html?n=240`);
    const took = await waitUntil('240 marks', () =>
      page.evaluate(() => (globalThis as unknown as { markedAfter: number | undefined }).markedAfter ?? null),
    );
    process.stdout.write(
      `overlay, 240 listings, cold worker: all marked ${Math.round(took)} ms after the page was parsed\n`,
    );
    expect(took).toBeLessThan(2000);
  });

  test('Add all and Flag all change what is left to change, once', async () => {
    const page = await open();
    const overlay = await overlayOf(page);
    await overlay.click('Add all');
    await waitUntil('no new ones', async () =>
      (await overlay.nodes()).some((node) => node.name === '12 sellers, 0 new'),
    );
    await overlay.click('Flag all');
    await overlay.waitForButton(`Unflag ${others[5]?.name}`);
    const rows = await waitUntil('12 flagged sellers on the server', async () => {
      const live = await sellersOnServer();
      return live.filter((row) => row.flagged).length === 12 && live;
    });
    expect(rows).toHaveLength(12);
  });

  test('the popup is told what the page holds', async () => {
    const page = await open('n=14');
    await (await overlayOf(page)).waitForButton(`Flag ${others[9]?.name}`);
    const worker = await browser.worker();
    const answers = await worker.evaluate(async () => {
      const { tabs } = (globalThis as unknown as { chrome: ChromeTabs }).chrome;
      const asked = (await tabs.query({})).map(({ id }) =>
        tabs.sendMessage(id, { sellerdex: 1, procedure: 'page.summary' }).catch(() => null),
      );
      return (await Promise.all(asked)).filter((answer) => answer !== null);
    });
    expect(answers).toEqual([{ ok: true, value: { sellers: 14, new: 2 } }]);
  });

  test('an extension that has gone leaves nothing behind', async () => {
    const page = await open();
    await waitUntil('the marks', async () => (await page.locator(MARKS).count()) === 12);
    const worker = await browser.worker();
    await worker
      .evaluate(() => (globalThis as unknown as { chrome: ChromeTabs }).chrome.runtime.reload())
      .catch(() => null);
    await waitUntil('no hosts', async () => (await page.locator('sellerdex-mark,sellerdex-toolbar').count()) === 0);
  });
});

interface ChromeTabs {
  tabs: { query(what: object): Promise<{ id: number }[]>; sendMessage(id: number, message: object): Promise<unknown> };
  runtime: { reload(): void };
}

/** Runs in the page: appends result cards, as eBay does when it loads more. */
async function appendCards(count: number): Promise<void> {
  const html = await (await fetch(`/sch/i.html?n=${count}`)).text();
  const added = new DOMParser().parseFromString(html, 'text/html').querySelectorAll('.srp-results > li');
  document.querySelector('.srp-results')?.append(...added);
}

/** Runs in the page before its own scripts: keeps where everything was before the overlay came. */
function recordLayout(): void {
  document.addEventListener('DOMContentLoaded', () => {
    const before = [...document.querySelectorAll('body *')].map((node) =>
      Object.values(node.getBoundingClientRect().toJSON() as Record<string, number>).join(),
    );
    Object.assign(globalThis, { before });
  });
}

/** Runs in the page: notes when the last of 240 marks came, in milliseconds after the page was parsed. */
function recordMarks(): void {
  document.addEventListener('DOMContentLoaded', () => {
    const from = performance.now();
    const observer = new MutationObserver(() => {
      if (document.querySelectorAll('#srp-river-results sellerdex-mark').length < 240) return;
      Object.assign(globalThis, { markedAfter: performance.now() - from });
      observer.disconnect();
    });
    observer.observe(document.body, { childList: true, subtree: true });
  });
}

/** Runs in the page: all that its scripts can learn of the marks. */
function probeMarks() {
  const hosts = [...document.querySelectorAll('sellerdex-mark')];
  const measure = (host: Element): string => {
    const { right, top, width, height } = host.getBoundingClientRect();
    const hits = [];
    for (let x = -4; x < 80; x++) hits.push(document.elementFromPoint(right + x, top + height / 2) === host ? 1 : 0);
    const style = getComputedStyle(host);
    return [
      width,
      height,
      hits.join('').replaceAll(/^0+|0+$/g, ''),
      ...['color', 'display', 'cursor', 'font', 'opacity'].map((name) => style.getPropertyValue(name)),
    ].join();
  };
  window.getSelection()?.selectAllChildren(document.documentElement);
  return {
    roots: [...document.querySelectorAll('sellerdex-mark,sellerdex-toolbar')]
      .filter((host) => host.shadowRoot !== null)
      .map((host) => host.localName),
    attributes: hosts.flatMap((host) => host.getAttributeNames()),
    text: `${document.documentElement.innerText} ${window.getSelection()?.toString()}`,
    found: ['Unflag', '12 sellers', 'sellers, ', '1×', 'known'].filter((text) => {
      window.getSelection()?.removeAllRanges();
      return (window as unknown as { find(text: string): boolean }).find(text);
    }),
    measures: hosts.filter((host) => host.getBoundingClientRect().top < innerHeight - 120).map(measure),
  };
}
