/**
 * A menu or dialog keeps the focus until it has faded out. Keys pressed after Escape are no longer meant for it: the
 * focus goes back at once, and they go with it. `layers` selects what a layer is. Returns what ends this.
 */
export function passClosingLayer(layers: string): () => void {
  /** The element of each layer, and of the page, that had the focus last; the latest first. */
  let recent: readonly HTMLElement[] = [];
  /** The layer in which Escape was pressed. */
  let left: Element | null = null;

  const closingLayer = (element: Element): Element | null =>
    element.closest(layers)?.closest('[data-closed]') == null ? null : element.closest(layers);

  function onFocusIn({ target }: FocusEvent): void {
    if (!(target instanceof HTMLElement)) return;
    const layer = target.closest(layers);
    recent = [target, ...recent.filter((one) => one.isConnected && one.closest(layers) !== layer)];
  }

  function onKeyDown(event: KeyboardEvent): void {
    const { target } = event;
    if (!event.isTrusted || !(target instanceof Element)) return;
    const closing = closingLayer(target);
    if (closing !== null && closing === left) {
      const before = recent.find((one) => one.isConnected && closingLayer(one) === null);
      if (before === undefined) return;
      event.stopImmediatePropagation();
      before.focus({ preventScroll: true });
      if (!before.dispatchEvent(new KeyboardEvent('keydown', event))) event.preventDefault();
    } else if (event.key === 'Escape') left = target.closest(layers);
  }

  addEventListener('focusin', onFocusIn, true);
  addEventListener('keydown', onKeyDown, true);
  return () => {
    removeEventListener('focusin', onFocusIn, true);
    removeEventListener('keydown', onKeyDown, true);
  };
}
