import type { Locator, Page } from '@playwright/test';
import { waitUntil } from './wait-until.ts';

/** The manager's list of sellers, as a person uses it. */
export function sellersGrid(manager: Page) {
  const grid = manager.getByRole('grid', { name: 'Sellers' });
  const row = (name: string): Locator =>
    grid.getByRole('row').filter({ has: manager.getByRole('link', { name, exact: true }) });
  return {
    grid,
    row,
    /** Rows that match the filters, by what the grid says to a screen reader. */
    count: async () => Number(await grid.getAttribute('aria-rowcount')) - 1,
    waitForCount: (count: number, within = 30_000) =>
      waitUntil(
        `${count} rows in the grid`,
        async () => Number(await grid.getAttribute('aria-rowcount')) - 1 === count,
        within,
      ),
    search: (text: string) => manager.getByRole('searchbox', { name: 'Search sellers' }).fill(text),
    isFlagged: (name: string) => grid.getByRole('button', { name: `Unflag ${name}`, exact: true }).isVisible(),
    waitForFlag: (name: string, within: number) =>
      grid.getByRole('button', { name: `Unflag ${name}`, exact: true }).waitFor({ timeout: within }),
    waitForButton: (name: string) => grid.getByRole('button', { name, exact: true }).waitFor({ timeout: 15_000 }),
    /** Names of the rows drawn now, by their index in the list (from 0). */
    drawn: () =>
      grid.evaluate((element) =>
        [...element.querySelectorAll('[role=row][aria-rowindex]')].flatMap((each): [number, string][] => {
          const name = each.querySelector('a')?.textContent;
          return name ? [[Number(each.getAttribute('aria-rowindex')) - 2, name]] : [];
        }),
      ),
  };
}
