import { createClosedRoot } from './closed-root.ts';
import type { ChangeAction, ShownMark } from './mark-book.ts';
import { markTemplate } from './mark-template.ts';
import { onOwnClick } from './own-clicks.ts';

/** The mark at one place of the page. */
export interface MarkView {
  readonly host: HTMLElement;
  show(mark: ShownMark): void;
  /** Moves the drawn mark sideways, in pixels; the host stays. */
  shift(pixels: number): void;
}

/** Room that a mark takes right of the end of the seller's line: distance and width of mark-style.ts. */
export const MARK_ROOM = 4 + 46;

export function createMarkView(name: string, dark: boolean, change: (action: ChangeAction) => void): MarkView {
  const { host, root } = createClosedRoot('sellerdex-mark');
  const { mark, flag, add, timesText } = markTemplate();
  mark.classList.toggle('dark', dark);
  add.setAttribute('aria-label', `Add ${name}`);
  add.title = 'Add to your sellers';
  root.append(mark);
  let flagged = false;
  onOwnClick(root, (button) => change(button === add ? 'add' : flagged ? 'unflag' : 'flag'));

  return {
    host,
    show({ state, times_seen }) {
      flagged = state === 'flagged';
      const label = `${flagged ? 'Unflag' : 'Flag'} ${name}`;
      const description =
        state === 'known' ? `known, seen ${times_seen} ${times_seen === 1 ? 'time' : 'times'}` : state;
      mark.classList.toggle('flagged', flagged);
      flag.setAttribute('aria-label', label);
      flag.setAttribute('aria-pressed', String(flagged));
      flag.setAttribute('aria-description', description);
      flag.title = `${label} (${description})`;
      add.hidden = state !== 'new';
      timesText.hidden = state === 'new';
      timesText.dataset['text'] = times_seen > 999 ? '999+' : `${times_seen}×`;
    },
    shift: (pixels) => void (mark.style.left = pixels === 0 ? '' : `${4 + pixels}px`),
  };
}
