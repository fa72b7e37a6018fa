import { defineContentScript } from 'wxt/utils/define-content-script';
import { marketplaceMatches } from '#lib/ebay/marketplace-matches.ts';
import { createClient } from '#lib/messaging/client.ts';
import { answerPopup } from './answer-popup.ts';
import { followMarks } from './follow-marks.ts';
import { cardsOnPage, createOverlay } from './overlay.ts';
import { watchCards } from './watch-cards.ts';

/** How often the script looks whether the extension that it belongs to is still there. */
const ORPHAN_CHECK_MS = 2000;
const RESIZE_MS = 150;

export default defineContentScript({
  matches: marketplaceMatches,
  runAt: 'document_idle',
  noScriptStartedPostMessage: true,
  main(ctx) {
    const { signal } = ctx;
    const overlay = createOverlay(createClient(), signal, () => ctx.isValid);
    watchCards((node) => node.nodeName.startsWith('SELLERDEX-'), overlay.look, signal);
    followMarks(overlay.refresh, signal);
    answerPopup(overlay, signal);
    let resized: number | undefined;
    ctx.addEventListener(window, 'resize', () => {
      clearTimeout(resized);
      resized = ctx.setTimeout(overlay.fit, RESIZE_MS);
    });
    // The context notices by itself that the extension is gone, but only when it is asked.
    ctx.setInterval(() => undefined, ORPHAN_CHECK_MS);
    overlay.look(cardsOnPage());
  },
});
