import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { expect } from 'vitest';
import { axeProblems } from './check-axe.ts';
import { paletteOf } from './palette-of.ts';
import { keepPicture } from './screen-pictures.ts';
import { faintTexts, screenProblems, shapeProblems } from './screen-problems.ts';
import { undoneClasses } from './undone-classes.ts';
import type { ScreenName } from './screens.ts';

/** The sizes of the manager; the popup has its own. */
const sizes = {
  wide: { width: 1280, height: 800 },
  narrow: { width: 380, height: 800 },
  low: { width: 380, height: 640 },
} as const;
const themes = ['light', 'dark'] as const;

export interface ScreenOptions {
  /** Sizes at which the state is there: a hover card is gone once the window changes. */
  readonly sizes?: readonly (keyof typeof sizes)[];
  /** Words of the errors that belong to this state. */
  readonly error?: string;
}

/**
 * Checks a screen as it is now, at two sizes, dark and light, and keeps a picture of each. Pictures are not compared
 * with earlier ones, because fonts differ between computers: what is checked is what would be seen to be wrong in them.
 */
export async function checkScreen(page: Page, name: ScreenName, options: ScreenOptions = {}): Promise<void> {
  const before = page.viewportSize();
  const isPopup = page.url().includes('/popup.html');
  const wanted = isPopup ? (['narrow'] as const) : (options.sizes ?? (['wide', 'narrow'] as const));
  for (const size of wanted) {
    if (!isPopup && page.viewportSize()?.width !== sizes[size].width) await page.setViewportSize(sizes[size]);
    for (const colorScheme of themes) {
      const what = `${name}, ${size}, ${colorScheme}`;
      await page.emulateMedia({ reducedMotion: 'reduce', colorScheme });
      // Nothing has another place, nor another name, in the other theme.
      await expectNone(what, () => (colorScheme === 'light' ? screenProblems(page) : faintTexts(page)));
      if (colorScheme === 'light') {
        if (size === wanted[0]) {
          expect.soft(await namelessParts(page), what).toEqual([]);
          expect.soft(await undoneClasses(page), what).toEqual([]);
        }
        expect.soft(await buttonsOutOfSight(page), `${what}: buttons of a dialog`).toEqual([]);
      }
      const picture = await keepPicture(page, name, `${size}.${colorScheme}`);
      // Once for each theme: the smallest has the fewest pixels to count.
      if (size !== wanted.at(-1)) continue;
      const { share, isDark } = paletteOf(picture);
      expect.soft(share, `${what}: the share of one colour`).toBeLessThan(0.995);
      expect.soft(isDark, `${what}: its background is dark`).toBe(colorScheme === 'dark');
    }
  }
  if (before !== null && before.width !== page.viewportSize()?.width) await page.setViewportSize(before);
  const errors = (await errorsOf(page)).filter((text) => options.error === undefined || !text.includes(options.error));
  expect.soft(errors, `${name}: errors of the page`).toEqual([]);
}

/** Checks a screen in high contrast of both kinds, on a screen of 3,840 by 2,160 pixels, and at 200 % zoom. */
export async function checkOtherWays(page: Page, name: ScreenName): Promise<void> {
  const before = page.viewportSize() ?? sizes.wide;
  const ways = {
    forced: { forcedColors: 'active', contrast: null },
    contrast: { forcedColors: 'none', contrast: 'more' },
  } as const;
  for (const [way, media] of Object.entries(ways))
    for (const colorScheme of themes) {
      await page.emulateMedia({ reducedMotion: 'reduce', colorScheme, ...media });
      // The colours of a forced scheme are the system's.
      await expectNone(`${name}, ${way}, ${colorScheme}`, () =>
        way === 'forced' ? shapeProblems(page) : screenProblems(page),
      );
      await keepPicture(page, name, `${way}.${colorScheme}`);
    }
  await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light', forcedColors: null, contrast: null });
  await page.setViewportSize({ width: 3840, height: 2160 });
  await expectNone(`${name}, 3,840 by 2,160`, () => screenProblems(page));
  await keepPicture(page, name, '4k.light');
  await page.setViewportSize(before);
  // 1,280 by 800 pixels at 200 % are 640 by 400 of the page's own.
  const screen = await page.context().newCDPSession(page);
  const zoomed = { width: 640, height: 400, deviceScaleFactor: 2, mobile: false };
  await screen.send('Emulation.setDeviceMetricsOverride', zoomed);
  await expectNone(`${name}, 200 %`, () => screenProblems(page));
  await keepPicture(page, name, 'zoom.light');
  await screen.send('Emulation.clearDeviceMetricsOverride');
  await screen.detach();
  await page.setViewportSize(before);
}

/** Of problems, those that do not go away: a page may need some frames for another size. */
async function expectNone(what: string, find: () => Promise<string[]>): Promise<void> {
  let found = await find();
  for (let tries = 0; tries < 10 && found.length > 0; tries++) {
    await sleep(100);
    found = await find();
  }
  expect.soft(found, what).toEqual([]);
}

/** What axe objects to, in an open dialog or menu alone if there is one. Without contrast, which is looked at in both themes here. */
async function namelessParts(page: Page): Promise<string[]> {
  const over = ':is([role=dialog], [role=menu]):not([data-closed])';
  const within = (await page.locator(over).count()) > 0 ? over : undefined;
  return axeProblems(page, { within, withoutRules: ['color-contrast'] });
}

/** Buttons at the end of a dialog that are below the window's edge, or have to be scrolled to. */
function buttonsOutOfSight(page: Page): Promise<string[]> {
  return page
    .locator('[role=dialog] > footer button')
    .evaluateAll((buttons) =>
      buttons
        .filter((button) => button.getBoundingClientRect().bottom > innerHeight)
        .map((button) => button.textContent ?? ''),
    );
}

async function errorsOf(page: Page): Promise<string[]> {
  const messages = (await page.consoleMessages()).filter((message) => message.type() === 'error');
  const thrown = await page.pageErrors();
  // A server that is away, or refuses, is a state like others.
  return [...thrown.map(String), ...messages.map((message) => message.text())].filter(
    (text) => !text.startsWith('Failed to load resource'),
  );
}
