import type { Page } from '@playwright/test';
import { cutOff } from './cut-off.ts';

/** What lies over the page for a while, and is meant to. */
const OVER =
  '[role=dialog], [role=menu], [role=listbox], [data-sonner-toast], [data-hover=card], [data-base-ui-portal], aside';

/**
 * What a person would see to be wrong in a picture of the page as it is now: controls that are too small, covered or
 * on top of each other, text that is cut off or written over other text, and what lies where nobody can scroll to.
 */
export async function screenProblems(page: Page): Promise<string[]> {
  return [...(await shapeProblems(page)), ...(await faintTexts(page))];
}

/** The same but for contrast. */
export async function shapeProblems(page: Page): Promise<string[]> {
  return [
    ...(await cutOff(page)),
    ...(await page.evaluate(sidewaysOrMoving)),
    ...(await page.evaluate(wrongControls, OVER)),
    ...(await page.evaluate(wrongTexts, OVER)),
  ];
}

/** Runs in the page: what has to be scrolled sideways though it is no table, and what moves for those who want no motion. */
function sidewaysOrMoving(): string[] {
  const problems: string[] = [];
  for (const element of document.querySelectorAll('body *')) {
    if (element.scrollWidth <= element.clientWidth + 1 || element.clientWidth === 0) continue;
    if (!['auto', 'scroll'].includes(getComputedStyle(element).overflowX)) continue;
    // Tables, the one line of filters, and what is typed.
    if (element.matches('[role=grid], [role=group], input, textarea, :has(> table)')) continue;
    problems.push(`${element.outerHTML.slice(0, 100)}: has to be scrolled sideways`);
  }
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  for (const { effect } of still ? document.getAnimations() : [])
    if (Number(effect?.getComputedTiming().endTime) > 20) problems.push('something moves');
  return problems;
}

/** Runs in the page. */
function wrongControls(over: string): string[] {
  /** The least size of a target, WCAG 2.2 AA (2.5.8). */
  const LEAST = 24;
  const selector =
    'button, a[href], input, textarea, select, summary, [role=menuitem], [role=option], [role=tab], [role=switch]';
  const problems: string[] = [];
  const controls = [...document.querySelectorAll(selector)].flatMap((element) => {
    // What belongs to a box is pressed too.
    const target = element.closest('label') ?? element;
    // A link in a text may be on two lines.
    const box = target.getClientRects()[0] ?? new DOMRect();
    const x = box.left + box.width / 2;
    const y = box.top + box.height / 2;
    const isThere = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    // A notice that is going, or behind another one.
    const isBehind = element.closest('[data-sonner-toast]:is([data-front=false], [data-removed=true])') !== null;
    if (
      !isThere ||
      isBehind ||
      element.closest('[inert], [aria-hidden=true]') !== null ||
      box.width < 2 ||
      box.height < 2
    )
      return [];
    if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight || isScrolledAway(target, x, y)) return [];
    const name = element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '';
    return [{ element, target, box, x, y, name: name || element.outerHTML.slice(0, 80) }];
  });
  const seen = controls.filter(({ target, x, y, name }) => {
    const hit = document.elementFromPoint(x, y);
    if (hit === null || target.contains(hit) || hit.closest('label') === target) return true;
    const layer = hit.closest(over);
    // An open dialog or menu lies over the page, and a column that stays over those that are scrolled under it.
    const isMeant = (layer !== null && !layer.contains(target)) || hit.closest('[data-base-ui-inert]') !== null;
    if (!isMeant && !isUnderSticky(target, hit)) problems.push(`${name}: covered by ${hit.outerHTML.slice(0, 80)}`);
    return false;
  });
  for (const [at, { element, target, box, x, y, name }] of seen.entries()) {
    const neighbour = seen.find((other) => {
      if (other.target === target || other.target.contains(target) || target.contains(other.target)) return false;
      const near = other.box;
      const dx = Math.max(near.left - x, 0, x - near.right);
      const dy = Math.max(near.top - y, 0, y - near.bottom);
      return Math.hypot(dx, dy) < LEAST / 2;
    });
    const isSmall = box.width < LEAST || box.height < LEAST;
    const size = `${Math.round(box.width)} by ${Math.round(box.height)}`;
    if (isSmall && neighbour !== undefined) problems.push(`${name}: ${size} pixels beside ${neighbour.name}`);
    for (const other of seen.slice(at + 1)) {
      // A button inside a field has its place there.
      if (other.element.parentElement === element.parentElement && element.matches('input')) continue;
      const isBeside = scrollerOf(other.target) === scrollerOf(target);
      if (!isBeside || other.target.contains(target) || target.contains(other.target)) continue;
      const width = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
      const height = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
      if (width > 1 && height > 1) problems.push(`${name}: lies on ${other.name}`);
    }
  }
  return problems;

  function scrollerOf(element: Element): Element | null {
    let at = element.parentElement;
    while (at !== null && !['auto', 'scroll'].includes(getComputedStyle(at).overflowX)) at = at.parentElement;
    return at;
  }
  function isScrolledAway(element: Element, x: number, y: number): boolean {
    for (let at = element.parentElement; at !== null; at = at.parentElement) {
      if (getComputedStyle(at).overflow === 'visible') continue;
      const { left, top } = at.getBoundingClientRect();
      // Without its scroll bars.
      const [right, bottom] = [left + at.clientLeft + at.clientWidth, top + at.clientTop + at.clientHeight];
      if (x < left || x > right || y < top || y > bottom) return true;
    }
    return false;
  }
  /** Under what stays while the rest is scrolled: it comes out from there. */
  function isUnderSticky(element: Element, hit: Element): boolean {
    const scroller = scrollerOf(element);
    if (scroller !== null && scroller.scrollWidth > scroller.clientWidth && !scroller.contains(hit)) return true;
    for (let at: Element | null = hit; at !== null && !at.contains(element); at = at.parentElement)
      if (getComputedStyle(at).position === 'sticky') return true;
    return false;
  }
}

/** Runs in the page. */
function wrongTexts(over: string): string[] {
  interface Line {
    readonly text: string;
    readonly element: Element;
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  }
  const problems: string[] = [];
  const lines: Line[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = node.textContent?.trim() ?? '';
    if (element === null || text === '') continue;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      const line = visible(text, element, rect);
      if (line !== null) lines.push(line);
    }
  }
  if (lines.length === 0) problems.push('the page says nothing');
  const ruler = new OffscreenCanvas(1, 1).getContext('2d');
  for (const field of document.querySelectorAll<HTMLInputElement>('input:placeholder-shown')) {
    const style = getComputedStyle(field);
    if (ruler === null || !field.checkVisibility()) continue;
    ruler.font = style.font;
    const room = field.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
    if (ruler.measureText(field.placeholder).width > room + 1) problems.push(`“${field.placeholder}” is cut off`);
  }
  lines.sort((one, other) => one.top - other.top);
  for (const [at, line] of lines.entries())
    for (const other of lines.slice(at + 1)) {
      if (other.top > line.bottom - 4) break;
      if (other.element === line.element || other.element.closest(over) !== line.element.closest(over)) continue;
      if (Math.min(line.right, other.right) - Math.max(line.left, other.left) > 3)
        problems.push(`“${other.text}” is written over “${line.text}”`);
    }
  return [...new Set(problems)];

  /** What is left of a line of text after all that cuts it off; null if nobody sees it. */
  function visible(text: string, element: Element, rect: DOMRect): Line | null {
    let { left, right, top, bottom } = rect;
    if (right - left < 2 || bottom - top < 2 || element.closest('[inert]') !== null) return null;
    let scrolls = { x: false, y: false };
    for (let at: Element | null = element; at !== null; at = at.parentElement) {
      const style = getComputedStyle(at);
      const box = at.getBoundingClientRect();
      // For screen readers alone.
      if (box.width <= 2 && box.height <= 2 && style.overflow !== 'visible') return null;
      if (style.overflowX !== 'visible') {
        const isCut = Math.max(box.left - left, right - box.right) > 1.5;
        const isScroller = style.overflowX === 'auto' || style.overflowX === 'scroll';
        if (isCut && !isScroller && !scrolls.x && style.textOverflow !== 'ellipsis')
          problems.push(`“${text}” is cut off`);
        if (
          isCut &&
          !isScroller &&
          style.textOverflow === 'ellipsis' &&
          element.closest('[title], [data-hover]') === null
        )
          problems.push(`“${text}” is shortened, and nothing tells the whole of it`);
        scrolls = { ...scrolls, x: scrolls.x || isScroller };
        [left, right] = [Math.max(left, box.left), Math.min(right, box.right)];
      }
      if (style.overflowY !== 'visible') {
        const isCut = Math.max(box.top - top, bottom - box.bottom) > 3;
        const isScroller = style.overflowY === 'auto' || style.overflowY === 'scroll';
        const isClamped = style.webkitLineClamp !== 'none';
        if (isCut && !isScroller && !scrolls.y && !isClamped) problems.push(`“${text}” is cut off below`);
        scrolls = { ...scrolls, y: scrolls.y || isScroller };
        [top, bottom] = [Math.max(top, box.top), Math.min(bottom, box.bottom)];
      }
      if (right - left < 2 || bottom - top < 2) return null;
      if (style.position === 'fixed') break;
    }
    const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    if (hit === null || !(element.contains(hit) || hit.contains(element))) return null;
    return { text: text.slice(0, 60), element, left, right, top, bottom };
  }
}

/** Texts whose contrast is below WCAG AA (1.4.3). */
export function faintTexts(page: Page): Promise<string[]> {
  return page.evaluate(findFaintTexts);
}

/** Runs in the page. */
function findFaintTexts(): string[] {
  type Colour = readonly [red: number, green: number, blue: number, alpha: number];
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const parsed = new Map<string, Colour>();
  const grounds = new Map<Element, Colour>();
  const problems = new Set<string>();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const judged = new Set<Element>();
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    if (element === null || (node.textContent ?? '').trim() === '' || judged.has(element)) continue;
    judged.add(element);
    const { width, height } = element.getBoundingClientRect();
    if (width < 2 || height < 2 || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
      continue;
    // What cannot be used just now may be faint.
    if (element.closest(':disabled, [aria-disabled=true], [data-disabled]') !== null) continue;
    const style = getComputedStyle(element);
    const ground = groundOf(element);
    const [red, green, blue, alpha] = colourOf(style.color);
    const shown = over([red, green, blue, alpha * opacityOf(element)], ground);
    const size = Number.parseFloat(style.fontSize);
    const least = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    const [light, dark] = [luminance(shown), luminance(ground)].sort((one, other) => other - one) as [number, number];
    const contrast = (light + 0.05) / (dark + 0.05);
    if (contrast < least)
      problems.add(`“${(node.textContent ?? '').trim().slice(0, 60)}” has a contrast of ${contrast.toFixed(2)}`);
  }
  return [...problems];

  function colourOf(text: string): Colour {
    const known = parsed.get(text);
    if (known !== undefined || context === null) return known ?? [0, 0, 0, 0];
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = text;
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data;
    const colour = [red, green, blue, alpha / 255] as const;
    parsed.set(text, colour);
    return colour;
  }
  function over([red, green, blue, alpha]: Colour, ground: Colour): Colour {
    const mix = (above: number, below: number) => above * alpha + below * (1 - alpha);
    return [mix(red, ground[0]), mix(green, ground[1]), mix(blue, ground[2]), 1];
  }
  function groundOf(element: Element | null): Colour {
    if (element === null) return colourOf('Canvas');
    const known = grounds.get(element);
    if (known !== undefined) return known;
    const own = colourOf(getComputedStyle(element).backgroundColor);
    const ground = own[3] === 1 ? own : over(own, groundOf(element.parentElement));
    grounds.set(element, ground);
    return ground;
  }
  function opacityOf(element: Element): number {
    let opacity = 1;
    for (let at: Element | null = element; at !== null; at = at.parentElement)
      opacity *= Number(getComputedStyle(at).opacity);
    return opacity;
  }
  function luminance([red, green, blue]: Colour): number {
    const [r, g, b] = [red, green, blue].map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }
}
