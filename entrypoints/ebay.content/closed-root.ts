import { overlayStyle } from './mark-style.ts';

let sheet: CSSStyleSheet | null | undefined;

/** A host element with a closed shadow root: the page's scripts can see the host and nothing in it. */
export function createClosedRoot(tag: string): { host: HTMLElement; root: ShadowRoot } {
  const host = document.createElement(tag);
  const root = host.attachShadow({ mode: 'closed' });
  sheet = sheet === undefined ? sharedSheet(root) : sheet;
  if (sheet === null) root.append(styleElement());
  else root.adoptedStyleSheets = [sheet];
  return { host, root };
}

/** One parsed sheet for all roots; null where a content script may not adopt one (Firefox refuses across its wrappers). */
function sharedSheet(root: ShadowRoot): CSSStyleSheet | null {
  try {
    const shared = new CSSStyleSheet();
    shared.replaceSync(overlayStyle);
    root.adoptedStyleSheets = [shared];
    return root.adoptedStyleSheets.length === 1 ? shared : null;
  } catch (thrown) {
    if (thrown instanceof Error) return null;
    throw thrown;
  }
}

function styleElement(): HTMLStyleElement {
  const style = document.createElement('style');
  style.textContent = overlayStyle;
  return style;
}
