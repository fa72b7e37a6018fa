import type { RefObject } from 'react';
import { useLayoutEffect } from 'react';

interface PopupFocusProps {
  readonly open: boolean;
  /** What has the focus first. */
  readonly first: RefObject<HTMLElement | null>;
  readonly chosen: RefObject<(() => void) | null>;
}

/**
 * Within a popup: gives it the focus as soon as it opens, and runs what was chosen as soon as it closes, with the focus
 * back where it was. The library does so a frame later, and when the popup has faded out: keys pressed until then would
 * be for the wrong one of the two.
 */
export function PopupFocus({ open, first, chosen }: PopupFocusProps) {
  useLayoutEffect(() => {
    if (!open) return;
    const before = document.activeElement;
    // A second click may have chosen again while it closed.
    queueMicrotask(() => (chosen.current = null));
    focusEarly(() => first.current);
    return () => {
      // While React changes elements it tells nobody that the focus moves.
      queueMicrotask(() => {
        const run = chosen.current;
        chosen.current = null;
        if (run === null) return;
        const isInside = document.activeElement?.closest('[data-closed]') != null;
        if (isInside && before instanceof HTMLElement) before.focus({ preventScroll: true });
        run();
      });
    };
  }, [open, first, chosen]);
  return null;
}

/**
 * What the library's `initialFocus`, which acts a frame later, is to answer; has the focus early, unless something else
 * in the popup has it by then. `by`: how the popup was opened. `find`: where a person begins.
 */
export function focusFirst(
  popup: RefObject<HTMLElement | null>,
  by: string,
  find: (popup: HTMLElement) => HTMLElement | null = firstTabbable,
): HTMLElement | null {
  // A field would open the keyboard of a touch screen, over what opened.
  const first = popup.current === null || by === 'touch' ? popup.current : (find(popup.current) ?? popup.current);
  focusEarly(() => (popup.current?.contains(document.activeElement) === true ? null : first));
  return first;
}

const firstTabbable = (popup: HTMLElement): HTMLElement | null =>
  popup.querySelector(':is(a[href], button, input, textarea):not(:disabled, [tabindex="-1"])');

/** Before anything else happens, but after the library has noted where the focus was: in a frame it finds that it has moved in. */
function focusEarly(find: () => HTMLElement | null): void {
  queueMicrotask(() => queueMicrotask(() => find()?.focus({ preventScroll: true })));
}
