import type { Page } from '@playwright/test';

/**
 * What of a page cannot be reached at its present size: it is wider than the window, or a control lies outside of it
 * and nothing that scrolls can bring it there.
 */
export function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const problems: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) problems.push(`the page is ${scrollWidth} wide in a window of ${clientWidth}`);
    const scrolls = (element: Element, axis: 'x' | 'y'): boolean => {
      for (let at = element.parentElement; at !== null; at = at.parentElement) {
        const { overflowX, overflowY, position } = getComputedStyle(at);
        const overflow = axis === 'x' ? overflowX : overflowY;
        const isLarger = axis === 'x' ? at.scrollWidth > at.clientWidth : at.scrollHeight > at.clientHeight;
        if (isLarger && (overflow === 'auto' || overflow === 'scroll')) return true;
        if (position === 'fixed') return false;
      }
      return false;
    };
    const controls = 'button, a[href], input, textarea, select, [role=menuitem], [role=option], [role=tab]';
    for (const element of document.querySelectorAll(controls)) {
      const { left, right, top, bottom, width, height } = element.getBoundingClientRect();
      // What only assistive technology sees, and what lies behind an open dialog.
      const isHidden = width < 2 || height < 2 || !element.checkVisibility({ opacityProperty: true });
      if (isHidden || element.closest('[inert], [aria-hidden=true]') !== null) continue;
      const name = element.getAttribute('aria-label') ?? element.textContent ?? '';
      if ((left < -1 || right > innerWidth + 1) && !scrolls(element, 'x')) problems.push(`${name}: beside the window`);
      if ((top < -1 || bottom > innerHeight + 1) && !scrolls(element, 'y')) problems.push(`${name}: below the window`);
    }
    return problems;
  });
}
