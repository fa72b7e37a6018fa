/**
 * For grids whose rows are elements: the names in the rows that are drawn so many pixels below the upper edge. Asks for
 * boxes only, which are known after a frame: to ask what is at each of these points took longer than drawing.
 */
export function drawnNames(
  scroller: HTMLElement | null,
  offsets: readonly number[],
  row: string,
  name: string,
): (string | null)[] {
  if (scroller === null) return offsets.map(() => null);
  const edge = scroller.getBoundingClientRect().top;
  const rows = [...scroller.querySelectorAll(row)].flatMap((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return element.checkVisibility({ visibilityProperty: true })
      ? [{ top: top - edge, bottom: bottom - edge, element }]
      : [];
  });
  return offsets.map((offset) => {
    const at = rows.find(({ top, bottom, element }) => top <= offset && offset < bottom && element.querySelector(name));
    const text = at?.element.querySelector(name)?.textContent ?? '';
    return text === '' ? null : text;
  });
}
