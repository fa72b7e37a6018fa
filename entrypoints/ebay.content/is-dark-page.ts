/** Whether the page's own background is dark. eBay's is white, unless a person or an extension has changed it. */
export function isDarkPage(): boolean {
  for (const element of [document.body, document.documentElement]) {
    const [red = 255, green = 255, blue = 255, alpha = 1] = (
      getComputedStyle(element).backgroundColor.match(/[\d.]+/gu) ?? []
    ).map(Number);
    if (alpha > 0.5) return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 110;
  }
  return false;
}
