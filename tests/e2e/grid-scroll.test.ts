import { chromium } from '@playwright/test';
import { launch } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveBundle } from '#bench/shared/serve-bundle.ts';
import type { GridList } from '#tests/fixtures/grid-page/page.tsx';
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
  readonly mouse: { move(x: number, y: number): Promise<void>; down(): Promise<void>; up(): Promise<void> };
  close(): Promise<void>;
}

const size = { width: 900, height: 700 };

async function openChromium(url: string): Promise<Driver> {
  const executablePath = findChromium(process.env) ?? chromium.executablePath();
  // With scroll bars, to drag one.
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox'],
    ignoreDefaultArgs: ['--hide-scrollbars'],
  });
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
    mouse: page.mouse,
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
    mouse: page.mouse,
    close: () => browser.close(),
  };
}

/** As a drag of the thumb does; answers when a frame with it has begun. */
function scrollGrid(top: number): Promise<void> {
  document.querySelector('[role=grid]')?.scrollTo({ top });
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
}

/** Until a frame has begun that shows what came before it. */
function nextFrame(): Promise<void> {
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

/** The list behind the grid (`tests/fixtures/grid-page`), and the row that was clicked. */
interface Held {
  list: GridList;
  clicked: number | null;
}

/** In the page: the row that a click is on is noted; all but those in view are held back, and the thumb goes far away. */
function leapAndNoteClick(): Promise<void> {
  const { list } = globalThis as unknown as Held;
  const noteClick = ({ target }: Event) => {
    const row = (target as Element).closest<HTMLElement>('[data-index]');
    Object.assign(globalThis, { clicked: row === null ? null : Number(row.dataset['index']) });
  };
  Object.assign(globalThis, { clicked: null });
  addEventListener('click', noteClick, { once: true, capture: true });
  list.hold();
  return new Promise((resolve) =>
    requestAnimationFrame(() => {
      const grid = document.querySelector('[role=grid]');
      grid?.scrollTo({ top: grid.scrollHeight / 2 });
      requestAnimationFrame(() => resolve());
    }),
  );
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

  it.skipIf(isMissing)('go by under a thumb that the mouse drags, to the very last', async () => {
    await page.scrollTo(0);
    await page.mouse.move(size.width - 6, 30);
    await page.mouse.down();
    for (let y = 80; y <= size.height; y += 120) {
      await page.mouse.move(size.width - 6, y);
      await page.evaluate(nextFrame);
      expect((await shown()).blank).toBe(0);
    }
    await page.mouse.move(size.width - 6, size.height - 1);
    await page.mouse.up();
    await waitFor('the last row', ({ last }) => last === ROWS - 1);
  });

  it.skipIf(isMissing)(
    'that are drawn while others are read can be pressed: what was seen is what is taken',
    async () => {
      // They are drawn for 100 ms; on a busy machine the mouse may be later.
      const clicked = await waitUntil('a click on them', async () => {
        await page.evaluate(() => (globalThis as unknown as Held).list.read());
        await page.scrollTo(0);
        await page.mouse.move(300, 300);
        await page.evaluate(leapAndNoteClick);
        await page.mouse.down();
        await page.mouse.up();
        const row = await page.evaluate(() => (globalThis as unknown as Held).clicked);
        return row !== null && row < 100 ? row : null;
      });
      expect(clicked).toBe(Math.floor((300 - 36) / HEIGHT));
      await page.evaluate(() => (globalThis as unknown as Held).list.read());
      // Until then, those from before are shown.
      await waitFor('those in view', ({ first, blank }) => first > ROWS / 3 && blank === 0);
      expect(await page.evaluate(() => (globalThis as unknown as Held).list.selected())).toEqual([clicked]);
    },
  );

  it.skipIf(isMissing)(
    'stay under a pressed mouse while others come in above, and it takes those that it goes over',
    async () => {
      await page.scrollTo(1_000 * HEIGHT);
      await atRest();
      const at = (row: number) => 36 + (row - 1_000 + 0.5) * HEIGHT;
      await page.mouse.move(300, at(1_003));
      await page.mouse.down();
      await page.mouse.move(300, at(1_004));
      await page.evaluate(() => (globalThis as unknown as Held).list.arrive(7));
      const { first } = await waitFor('seven more', (now) => now.first === 1_007);
      await page.mouse.move(300, at(1_006));
      await page.mouse.up();
      expect(await page.evaluate(() => (globalThis as unknown as Held).list.selected())).toEqual([
        1_003, 1_004, 1_005, 1_006,
      ]);
      expect((await shown()).first).toBe(first);
    },
  );
});
