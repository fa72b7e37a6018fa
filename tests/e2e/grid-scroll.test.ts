import { chromium } from '@playwright/test';
import { launch } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveBundle } from '#bench/shared/serve-bundle.ts';
import { findChromium } from '#scripts/find-browser.mjs';
import { firefoxPath } from '#tests/helpers/start-firefox.ts';
import { waitUntil } from '#tests/helpers/wait-until.ts';

const ROWS = 3_000_000;
const HEIGHT = 36;

/** What both drivers can do. */
interface Driver {
  evaluate<T>(work: () => T): Promise<T>;
  scrollTo(top: number): Promise<void>;
  press(key: string): Promise<void>;
  wheel(pixels: number): Promise<void>;
  close(): Promise<void>;
}

const size = { width: 900, height: 700 };

async function openChromium(url: string): Promise<Driver> {
  const executablePath = findChromium(process.env) ?? chromium.executablePath();
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const page = await browser.newPage({ viewport: size });
  await page.goto(url);
  return {
    evaluate: (work) => page.evaluate(work),
    scrollTo: (top) => page.evaluate(scrollGrid, top),
    press: (key) => page.keyboard.press(key),
    async wheel(pixels) {
      await page.mouse.move(300, 300);
      await page.mouse.wheel(0, pixels);
    },
    close: () => browser.close(),
  };
}

async function openFirefox(url: string): Promise<Driver> {
  const browser = await launch({ browser: 'firefox', executablePath: firefoxPath() ?? '', headless: true });
  const page = await browser.newPage();
  await page.setViewport(size);
  await page.goto(url);
  return {
    evaluate: (work) => page.evaluate(work),
    scrollTo: (top) => page.evaluate(scrollGrid, top),
    press: (key) => page.keyboard.press(key as 'End'),
    async wheel(pixels) {
      await page.mouse.move(300, 300);
      await page.mouse.wheel({ deltaY: pixels });
    },
    close: () => browser.close(),
  };
}

/** As a drag of the thumb does; answers when a frame with it has begun. */
function scrollGrid(top: number): Promise<void> {
  document.querySelector('[role=grid]')?.scrollTo({ top });
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
}

interface Shown {
  /** Pixels of rows above the upper edge. */
  readonly top: number;
  /** First and last row wholly in view. */
  readonly first: number;
  readonly last: number;
  /** Pixels of the view, out of every eighth, at which there is no row with its text. */
  readonly blank: number;
  readonly drawn: number;
  readonly scrollHeight: number;
  readonly focused: string | null;
  /** Pixels above the upper edge when the scrolling last came to rest. */
  readonly kept: number;
}

function look(): Shown {
  const grid = document.querySelector('[role=grid]') as HTMLElement;
  const box = grid.getBoundingClientRect();
  const [upper, lower] = [box.top + 36, box.top + grid.clientHeight];
  const rows = [...grid.querySelectorAll<HTMLElement>('[data-index]')].map((row) => ({
    index: Number(row.dataset['index']),
    top: row.getBoundingClientRect().top,
    text: row.textContent,
  }));
  const inView = rows.filter(({ top }) => top >= upper - 0.5 && top + 36 <= lower + 0.5).map(({ index }) => index);
  const one = rows.find(({ index }) => index === inView[0]);
  let blank = 0;
  for (let y = upper + 1; y < lower - 1; y += 8) {
    const row = rows.find(({ top }) => top <= y && y < top + 36);
    if (row?.text?.includes(`row ${row.index}`) !== true) blank += 1;
  }
  const { entry } = (history.state ?? {}) as { entry?: string };
  const kept = sessionStorage.getItem(`sellerdex.place.${entry}.Rows`);
  return {
    top: one === undefined ? Number.NaN : one.index * 36 - (one.top - upper),
    first: Math.min(...inView),
    last: Math.max(...inView),
    blank,
    drawn: rows.length,
    scrollHeight: grid.scrollHeight,
    focused: document.activeElement?.closest('[data-index]')?.getAttribute('data-index') ?? null,
    kept: 36 * ((JSON.parse(kept ?? '{}') as { edge?: number }).edge ?? Number.NaN),
  };
}

describe.each([
  ['Chromium', openChromium, false],
  ['Firefox (skipped when none is installed)', openFirefox, firefoxPath() === null],
])('three million rows in %s', (_, open, isMissing) => {
  let server: Awaited<ReturnType<typeof serveBundle>>;
  let page: Driver;
  const shown = () => page.evaluate(look);
  const waitFor = (what: string, is: (shown: Shown) => boolean) =>
    waitUntil(what, async () => {
      const now = await shown();
      return is(now) ? now : null;
    });

  /** When the thumb has been put in its place: then the place is kept. */
  const atRest = () => waitFor('rest', ({ top, kept }) => Math.abs(top - kept) < 1);

  beforeAll(async () => {
    if (isMissing) return;
    server = await serveBundle('tests/fixtures/grid-page/page.tsx');
    page = await open(`${server.url}?rows=${ROWS}`);
    await waitFor('the first rows', ({ drawn }) => drawn > 10);
  });
  afterAll(async () => {
    await page?.close();
    server?.close();
  });

  it.skipIf(isMissing)(
    'are lower than what the browser allows, and the thumb shows any of them, without gaps',
    async () => {
      const { scrollHeight } = await shown();
      // Firefox rounds it up.
      expect(Math.abs(scrollHeight - 8_000_036)).toBeLessThanOrEqual(1);
      let before = -1;
      for (let step = 0; step <= 20; step++) {
        await page.scrollTo((step / 20) * scrollHeight);
        const now = await shown();
        expect(now.first).toBeGreaterThan(before);
        expect([now.blank, now.drawn < 45]).toEqual([0, true]);
        before = now.first;
      }
      expect((await shown()).last).toBe(ROWS - 1);
      for (const row of [0, 4_242, 2_345_678]) {
        let [low, high] = [0, scrollHeight];
        let now = await shown();
        for (let turn = 0; turn < 30 && !(now.first <= row && row <= now.last); turn++) {
          const middle = (low + high) / 2;
          // Taken there from afar: near by it would move as the wheel does.
          await page.scrollTo(middle > scrollHeight / 2 ? 0 : scrollHeight);
          await page.scrollTo(middle);
          now = await shown();
          if (now.first > row) high = middle;
          else low = middle;
        }
        expect([now.first <= row, row <= now.last, now.blank]).toEqual([true, true, 0]);
      }
    },
  );

  it.skipIf(isMissing)('move under the wheel by exact pixels, wherever they are', async () => {
    const { scrollHeight } = await shown();
    for (const share of [0.3, 0.7]) {
      await page.scrollTo(share * scrollHeight);
      const { top } = await atRest();
      await page.wheel(3 * HEIGHT);
      await waitFor('three rows on', (now) => Math.abs(now.top - top - 3 * HEIGHT) < 1);
      expect(Math.abs((await atRest()).top - top - 3 * HEIGHT)).toBeLessThan(1);
    }
  });

  it.skipIf(isMissing)('come one by one with the arrows, by screens, and at both ends', async () => {
    await page.scrollTo(0);
    await page.evaluate(() => document.querySelector<HTMLElement>('[data-index="0"] > [data-column=name]')?.focus());
    await page.press('End');
    await waitFor('the last row', ({ focused, last }) => focused === String(ROWS - 1) && last === ROWS - 1);
    for (let step = 0; step < 25; step++) await page.press('ArrowUp');
    const row = ROWS - 26;
    await waitFor('25 rows up', ({ focused, first, last }) => focused === String(row) && first <= row && row <= last);
    await page.press('PageUp');
    await waitFor('a screen up', ({ focused, blank }) => Number(focused) < row - 10 && blank === 0);
    await page.press('Home');
    await waitFor('the first row', ({ focused, top }) => focused === '0' && top === 0);
  });
});
