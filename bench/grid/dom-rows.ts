/** For grids whose rows are elements: the name in the row that is drawn at a point. */
export function drawnName(scroller: HTMLElement | null, offset: number, row: string, name: string): string | null {
  if (scroller === null) return null;
  const box = scroller.getBoundingClientRect();
  const element = document.elementFromPoint(box.left + 120, box.top + offset);
  const text = element?.closest(row)?.querySelector(name)?.textContent ?? '';
  return text === '' ? null : text;
}
