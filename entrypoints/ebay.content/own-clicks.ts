/**
 * Acts on clicks and keys that a person made, never on those that a script made, and keeps all of them
 * from the page: a result card may be one large link.
 */
export function onOwnClick(root: ShadowRoot, act: (button: HTMLButtonElement) => void): void {
  root.addEventListener('click', (event) => {
    event.stopPropagation();
    event.preventDefault();
    if (!event.isTrusted || !(event.target instanceof Element)) return;
    const button = event.target.closest('button');
    if (button !== null) act(button);
  });
}
