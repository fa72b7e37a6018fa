import { useEffect } from 'react';
import { handlersNow } from './actions.ts';
import { isMac } from './key-words.ts';
import { createKeyMatcher } from './match-key.ts';
import { passClosingLayer } from './pass-closing-layer.ts';
import { shortcutOf } from './shortcuts.ts';

const fields = 'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]';
const controls = 'a, button, input, summary, [role=button], [role=combobox], [role=tab]';
/** While one of these has the focus, the page below is not there. */
const layers = '[role=dialog], [role=alertdialog], [role=menu], [role=listbox]';

/** Runs the declared actions by their keys, wherever the focus is, unless something else has use for the key. */
export function useKeyHandler(): void {
  useEffect(() => {
    const match = createKeyMatcher(isMac);
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest(layers) != null) return;
      // What begins two keys is typed where one types.
      const isTyping = target?.closest(fields) != null;
      const found = isTyping && !event.ctrlKey && !event.metaKey ? null : match(event, event.timeStamp);
      if (found === null || found === 'begun' || (isTyping && found !== 'palette')) return;
      if ((event.key === ' ' || event.key === 'Enter') && target?.closest(controls) != null) return;
      if (event.repeat && shortcutOf(found).repeats !== true) return;
      const run = handlersNow()[found];
      if (run === undefined) return;
      event.preventDefault();
      run();
    };
    const stopPassing = passClosingLayer(layers);
    document.addEventListener('keydown', onKeyDown);
    return () => {
      stopPassing();
      document.removeEventListener('keydown', onKeyDown);
    };
  }, []);
}
