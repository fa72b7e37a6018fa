import { findCards } from '#lib/ebay/find-cards.ts';
import { pageKind } from '#lib/ebay/page-kind.ts';
import type { Command } from '#lib/messaging/client.ts';
import { chunk } from '#lib/shared/chunk.ts';
import { toAppError } from '#lib/shared/to-app-error.ts';
import { createQueue } from './create-queue.ts';
import { fitMarks } from './fit-marks.ts';
import { inSlices } from './in-slices.ts';
import { isDarkPage } from './is-dark-page.ts';
import type { ChangeAction } from './mark-book.ts';
import { createMarkBook } from './mark-book.ts';
import { createMarkView } from './mark-view.ts';
import type { Place } from './places.ts';
import { createPlaces } from './places.ts';
import type { ToolbarView } from './toolbar-view.ts';
import { createToolbarView } from './toolbar-view.ts';

/** Most names or sellers in one message; the contract's limit. */
const BATCH = 1000;

export interface PageSummary {
  /** Distinct sellers on the page. */
  sellers: number;
  new: number;
}

export interface Overlay {
  /** Looks at cards that are new or have changed. */
  readonly look: (cards: Iterable<Element>) => void;
  /** Asks again for every seller on the page. */
  readonly refresh: () => void;
  /** Makes every mark fit its card again, after the page's width has changed. */
  readonly fit: () => void;
  /** Null while not connected. */
  readonly summary: () => PageSummary | null;
  /** Adds every new seller, or flags every one not flagged; settled when the worker has answered. */
  readonly changeAll: (action: 'add' | 'flag') => Promise<PageSummary | null>;
}

/** The marks and the toolbar of one page. Everything ends with `signal`. */
export function createOverlay(command: Command, signal: AbortSignal, isAlive: () => boolean): Overlay {
  const book = createMarkBook();
  const places = createPlaces(book);
  const dark = isDarkPage();
  const looks = createQueue();
  const commands = createQueue();
  let connected: boolean | null = null;
  let toolbar: ToolbarView | null = null;
  signal.addEventListener('abort', () => {
    places.clear();
    toolbar?.remove();
  });

  const report = (thrown: unknown): void => {
    if (!signal.aborted && isAlive()) toolbar?.showError(toAppError(thrown).message);
  };

  const showToolbar = (): void => {
    if (signal.aborted) return;
    toolbar ??= createToolbarView(dark, (action) => void changeAll(action));
    if (!toolbar.host.isConnected) document.documentElement.append(toolbar.host);
    const buttons = { canAdd: book.keysToAdd().length > 0, canFlag: book.keysToFlag().length > 0 };
    toolbar.show(connected === true ? { kind: 'counts', ...book.counts(), ...buttons } : { kind: 'disconnected' });
  };

  const showPlace = (place: Place): void => {
    const mark = places.isCurrent(place) ? book.shown(place.key) : null;
    if (mark === null) return;
    if (place.view === null) {
      place.view = createMarkView(place.seller.name, dark, (action) => void change([place.key], action));
      place.seller.element.append(place.view.host);
    }
    place.view.show(mark);
  };

  const show = async (): Promise<void> => {
    if (connected !== true) hideMarks(places.all());
    else {
      const fresh = places.all().filter((place) => place.view === null);
      await inSlices(places.all(), showPlace, signal);
      // After the frame the browser has laid the page out: measuring then costs nothing.
      if (fresh.length > 0) requestAnimationFrame(() => setTimeout(() => fitMarks(fresh)));
    }
    showToolbar();
  };

  const lookUp = async (keys: readonly string[]): Promise<void> => {
    // With no seller on the page the answer still says whether there is a connection.
    const batches = keys.length === 0 ? [[]] : chunk(book.sellersOf(keys), BATCH);
    for (const names of batches) {
      const askedAt = book.moment();
      const answer = await command('marks.lookup', { names: names.map((seller) => seller.name) });
      connected = answer.connected;
      book.answerLookup(answer.marks, askedAt);
    }
  };

  const look = async (cards: Iterable<Element>): Promise<void> => {
    const kind = pageKind(document, location.href);
    await inSlices(cards, (card) => places.read(card), signal);
    places.prune();
    if (kind !== 'search' && book.counts().sellers === 0) {
      toolbar?.host.remove();
      return;
    }
    const unknown = book.keys().filter((key) => book.shown(key) === null);
    if (unknown.length > 0 || connected === null) await lookUp(unknown);
    await show();
  };

  const change = async (keys: readonly string[], action: ChangeAction): Promise<void> => {
    for (const part of chunk(keys, BATCH)) {
      const edit = { id: crypto.randomUUID(), action, sellers: book.sellersOf(part), edited_at: Date.now() };
      const begun = book.begin(part, action);
      void show();
      await commands
        .add(() => command('marks.change', edit))
        .then(
          (answer) => book.settle(begun, answer.marks),
          (thrown: unknown) => {
            book.rollBack(begun);
            report(thrown);
          },
        );
      await show();
    }
  };

  const summary = (): PageSummary | null => (connected === true ? book.counts() : null);

  const changeAll = async (action: 'add' | 'flag'): Promise<PageSummary | null> => {
    await change(action === 'add' ? book.keysToAdd() : book.keysToFlag(), action);
    return summary();
  };

  return {
    look: (cards) => void looks.add(() => look(cards)).catch(report),
    refresh: () => void looks.add(() => lookUp(book.keys()).then(show)).catch(report),
    fit: () => fitMarks(places.all()),
    summary,
    changeAll,
  };
}

/** The result cards that are on the page now. */
export function cardsOnPage(): Element[] {
  return findCards(document);
}

function hideMarks(places: readonly Place[]): void {
  for (const place of places) {
    place.view?.host.remove();
    place.view = null;
  }
}
