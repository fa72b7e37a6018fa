import type { Page } from '@playwright/test';
import { twMerge } from 'tailwind-merge';

/** Classes of the page that set a property which another class of the same element sets too: only one of them counts. */
export async function undoneClasses(page: Page): Promise<string[]> {
  const given = await page.evaluate(() => [
    ...new Set(Array.from(document.querySelectorAll('[class]'), ({ classList }) => [...classList].join(' '))),
  ]);
  return given
    .filter((classes) => twMerge(classes) !== classes)
    .map((classes) => {
      const kept = new Set(twMerge(classes).split(' '));
      return `${classes
        .split(' ')
        .filter((one) => !kept.has(one))
        .join(' ')}: undone in “${classes}”`;
    });
}
