import type { Page } from '@playwright/test';
import { sellersGrid } from '#tests/helpers/sellers-grid.ts';
import { waitUntil } from '#tests/helpers/wait-until.ts';

/** Milliseconds from the key to the next frame with the change in it, and to the words that come with its storing. */
export interface Flagged {
  readonly painted: number;
  readonly stored: number;
}

const ROWS = 1000;
/** Keys pressed before what they did is looked at. */
const SCREEN = 20;

/** Selects the first 1,000 rows and presses `f`: flagged, or unflagged where most are. */
export async function flagThousand(page: Page): Promise<Flagged> {
  await choose(page);
  await page.evaluate(watch);
  await page.keyboard.press('f');
  const watched = await page.waitForFunction(() => {
    const { painted, stored } = (globalThis as unknown as { flagging: Partial<Flagged> }).flagging;
    return painted === undefined || stored === undefined ? null : { painted, stored };
  });
  return (await watched.jsonValue()) as Flagged;
}

async function choose(page: Page): Promise<void> {
  const { grid, drawn } = sellersGrid(page);
  const cell = (index: number) => grid.locator(`[data-index="${index}"]`).getByRole('gridcell').nth(4);
  const isDrawn = async (index: number): Promise<boolean> => (await drawn()).some(([at]) => at === index);
  await grid.evaluate((element) => element.scrollTo({ top: 0 }));
  await waitUntil('the first row', () => isDrawn(0));
  await cell(0).click();
  // By keys: where a million rows are, scroll bar and wheel move over many at a time.
  for (let row = 1; row < ROWS; row++) {
    await page.keyboard.press('Shift+ArrowDown');
    if (row % SCREEN === 0) await page.getByText(`${(row + 1).toLocaleString('en')} selected`).waitFor();
  }
  await page.getByText('1,000 selected').waitFor();
}

/** In the page: looks in every frame, since words and rows may come by any way. */
function watch(): void {
  const times: { painted?: number; stored?: number } = {};
  (globalThis as unknown as { flagging: typeof times }).flagging = times;
  const flags = (): string =>
    [...document.querySelectorAll('[role=grid] [role=row][data-index] [aria-pressed]')]
      .map((button) => button.getAttribute('aria-pressed'))
      .join();
  const before = flags();
  // One notice takes the place of the one before.
  const said = (): string =>
    [...document.querySelectorAll('[data-sonner-toast]')]
      .flatMap((toast) => toast.textContent.match(/(?:Flagged|Unflagged) [\d,]+ sellers/) ?? [])
      .join();
  const saidBefore = said();
  addEventListener(
    'keydown',
    ({ timeStamp }) => {
      const look = (): void => {
        const since = performance.now() - timeStamp;
        if (flags() !== before) times.painted ??= since;
        if (said() !== saidBefore) times.stored ??= since;
        if (times.painted === undefined || times.stored === undefined) requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    },
    { once: true, capture: true },
  );
}
