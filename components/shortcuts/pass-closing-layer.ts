/** Of each layer, and of the page. */
const KEPT = 8;

/**
 * A menu or dialog keeps the focus until it has faded out. Keys pressed meanwhile are no longer meant for it: the focus
 * goes back at once, and they go with it. `layers` selects what a layer is. Returns what ends this.
 */
export function passClosingLayer(layers: string): () => void {
  /** What had the focus, the latest first: what had it last in the page may be gone by the time. */
  let recent: readonly HTMLElement[] = [];

  const isClosing = (element: Element): boolean => element.closest(layers)?.closest('[data-closed]') != null;

  function onFocusIn({ target }: FocusEvent): void {
    if (!(target instanceof HTMLElement)) return;
    const layer = target.closest(layers);
    let kept = 1;
    recent = [
      target,
      ...recent.filter((one) => one !== target && one.isConnected && (one.closest(layers) !== layer || kept++ < KEPT)),
    ];
  }

  function onKeyDown(event: KeyboardEvent): void {
    const { target } = event;
    // A key that is held down was pressed for the layer.
    if (!event.isTrusted || event.repeat || !(target instanceof Element) || !isClosing(target)) return;
    const before = recent.find((one) => one.isConnected && !isClosing(one));
    if (before === undefined) return;
    event.stopImmediatePropagation();
    before.focus({ preventScroll: true });
    if (!before.dispatchEvent(new KeyboardEvent('keydown', event))) event.preventDefault();
  }

  addEventListener('focusin', onFocusIn, true);
  addEventListener('keydown', onKeyDown, true);
  return () => {
    removeEventListener('focusin', onFocusIn, true);
    removeEventListener('keydown', onKeyDown, true);
  };
}
