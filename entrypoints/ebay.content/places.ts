import { normalizeName } from '#lib/domain/seller.ts';
import type { SellerOnPage } from '#lib/ebay/read-card.ts';
import { readCard } from '#lib/ebay/read-card.ts';
import type { MarkBook } from './mark-book.ts';
import type { MarkView } from './mark-view.ts';

/** A card that names a seller, and its mark once there is one. */
export interface Place {
  readonly card: Element;
  readonly key: string;
  readonly seller: SellerOnPage;
  view: MarkView | null;
}

export interface Places {
  /** Reads a card that is new or was changed. */
  read(card: Element): void;
  /** Drops cards that have left the page, and sellers that no card names any more. */
  prune(): void;
  all(): Place[];
  /** False once the card was dropped or read anew. */
  isCurrent(place: Place): boolean;
  clear(): void;
}

/** More cards than any page shows; a page that has them is not worth its memory. */
const MAX_PLACES = 3000;

export function createPlaces(book: MarkBook): Places {
  const places = new Map<Element, Place>();
  const drop = (place: Place): void => {
    place.view?.host.remove();
    places.delete(place.card);
  };
  const forgetUnnamed = (): void => {
    const named = new Set([...places.values()].map((place) => place.key));
    for (const key of book.keys()) if (!named.has(key)) book.forget(key);
  };

  return {
    read(card) {
      const seller = readCard(card);
      const known = places.get(card);
      if (known !== undefined && seller !== null && isStill(known, seller)) return;
      if (known !== undefined) drop(known);
      if (seller === null || places.size >= MAX_PLACES) return;
      const { name, feedback_percent, feedback_count } = seller;
      const key = book.note({ name, feedback_percent, feedback_count });
      places.set(card, { card, key, seller, view: null });
    },
    prune() {
      for (const place of places.values()) if (!place.card.isConnected) drop(place);
      forgetUnnamed();
    },
    all: () => [...places.values()],
    isCurrent: (place) => places.get(place.card) === place,
    clear() {
      for (const place of places.values()) drop(place);
      forgetUnnamed();
    },
  };
}

function isStill(place: Place, seller: SellerOnPage): boolean {
  const isShown = place.view === null || place.view.host.isConnected;
  return isShown && place.key === normalizeName(seller.name) && place.seller.element === seller.element;
}
