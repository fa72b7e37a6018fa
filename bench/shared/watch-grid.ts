import type { Page } from '@playwright/test';

/** When the grid of sellers was seen to show what; milliseconds of the page's own clock. */
export interface GridTimes {
  /** Rows are drawn. */
  readonly first: number;
  /** All rows can be reached. */
  readonly all: number;
  /** The status line says “Synced”. */
  readonly synced: number;
}

interface Watched {
  gridTimes: Partial<Record<keyof GridTimes, number>>;
}

/**
 * Looks at the grid before every frame, from the loading of the page on; to be called before it. Times count from
 * navigation, or from the page's call of `performance.mark('start')`.
 */
export async function watchGrid(page: Page, rows: number): Promise<void> {
  await page.addInitScript((wanted) => {
    const times: Watched['gridTimes'] = {};
    (globalThis as unknown as Watched).gridTimes = times;
    const note = (name: keyof GridTimes, isSo: boolean): void => {
      if (isSo) times[name] ??= performance.now() - (performance.getEntriesByName('start')[0]?.startTime ?? 0);
    };
    const look = (): void => {
      const grid = document.querySelector('[role=grid]');
      note('first', (grid?.querySelectorAll('[role=row][aria-rowindex] a').length ?? 0) >= Math.min(wanted, 10));
      note('all', Number(grid?.getAttribute('aria-rowcount')) - 1 === wanted);
      note(
        'synced',
        document.querySelector('[role=status][aria-label=Sync]')?.textContent?.startsWith('Synced') === true,
      );
      if (times.first === undefined || times.all === undefined || times.synced === undefined)
        requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, rows);
}

/** What was seen, once all of it was. */
export async function gridTimes(page: Page, timeoutMs: number): Promise<GridTimes> {
  await page.waitForFunction(
    () => {
      const { first, all, synced } = (globalThis as unknown as Watched).gridTimes;
      return first !== undefined && all !== undefined && synced !== undefined;
    },
    null,
    { timeout: timeoutMs },
  );
  return page.evaluate(() => (globalThis as unknown as { gridTimes: GridTimes }).gridTimes);
}
