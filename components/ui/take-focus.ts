/**
 * As the `ref` of what a popup begins with: gives it the focus as soon as it is there. The library does so a frame
 * later, and keys pressed until then would be for the page below.
 */
export function takeFocus(element: HTMLElement | null): void {
  // The popup notes first where the focus was.
  queueMicrotask(() => element?.focus({ preventScroll: true }));
}
