import { createClosedRoot } from './closed-root.ts';
import { onOwnClick } from './own-clicks.ts';

/** What the toolbar says: counts of distinct sellers, or that there is no connection. */
export type ToolbarContent =
  | { kind: 'counts'; sellers: number; new: number; canAdd: boolean; canFlag: boolean }
  | { kind: 'disconnected' };

export interface ToolbarView {
  readonly host: HTMLElement;
  show(content: ToolbarContent): void;
  /** Says what went wrong, for some seconds. */
  showError(text: string): void;
  remove(): void;
}

const ERROR_MS = 8000;

/** The page's one toolbar, fixed in a corner so that it moves nothing. */
export function createToolbarView(dark: boolean, change: (action: 'add' | 'flag') => void): ToolbarView {
  const { host, root } = createClosedRoot('sellerdex-toolbar');
  const bar = document.createElement('div');
  bar.className = dark ? 'bar dark' : 'bar';
  bar.setAttribute('role', 'toolbar');
  bar.setAttribute('aria-label', 'Sellerdex');
  const text = document.createElement('span');
  text.className = 'text';
  // Drawn by CSS (mark-style.ts), so it is named for screen readers.
  text.setAttribute('role', 'status');
  const error = document.createElement('span');
  error.className = 'text error';
  error.setAttribute('role', 'status');
  const addAll = textButton('Add all');
  const flagAll = textButton('Flag all');
  bar.append(text, error, addAll, flagAll);
  root.append(bar);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const setError = (words: string): void => {
    error.textContent = words;
    error.title = words;
    error.hidden = words === '';
    text.hidden = words !== '';
  };
  setError('');
  onOwnClick(root, (button) => change(button === addAll ? 'add' : 'flag'));

  return {
    host,
    show(content) {
      const counts = content.kind === 'counts' ? content : null;
      const words = counts === null ? 'Connect Sellerdex' : countsText(counts);
      text.dataset['text'] = words;
      text.setAttribute('aria-label', words);
      text.title = counts === null ? 'Open Sellerdex and connect it under Settings' : '';
      addAll.hidden = flagAll.hidden = counts === null;
      addAll.disabled = counts?.canAdd !== true;
      flagAll.disabled = counts?.canFlag !== true;
    },
    showError(words) {
      clearTimeout(timer);
      setError(words);
      timer = setTimeout(() => setError(''), ERROR_MS);
    },
    remove() {
      clearTimeout(timer);
      host.remove();
    },
  };
}

function countsText({ sellers, new: fresh }: { sellers: number; new: number }): string {
  return `${sellers} ${sellers === 1 ? 'seller' : 'sellers'}, ${fresh} new`;
}

function textButton(label: string): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = label;
  return button;
}
