import { findCards } from '#lib/ebay/find-cards.ts';

/** Mutations come in bursts (a page of results, a lazy block); one look after each is enough. */
const BURST_MS = 60;

/** Calls back with the cards that were added or changed since the last call; ends with `signal`. */
export function watchCards(
  isOurs: (node: Node) => boolean,
  changed: (cards: Set<Element>) => void,
  signal: AbortSignal,
): void {
  let records: MutationRecord[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    timer = undefined;
    const cards = new Set(records.flatMap((record) => cardsOf(record, isOurs)));
    records = [];
    changed(cards);
  };
  const observer = new MutationObserver((added) => {
    records.push(...added.filter((record) => !isOurChange(record, isOurs)));
    if (records.length > 0) timer ??= setTimeout(flush, BURST_MS);
  });
  observer.observe(document.body, { childList: true, characterData: true, subtree: true });
  signal.addEventListener('abort', () => {
    observer.disconnect();
    clearTimeout(timer);
  });
}

function isOurChange({ addedNodes, removedNodes }: MutationRecord, isOurs: (node: Node) => boolean): boolean {
  return addedNodes.length + removedNodes.length > 0 && areAll(addedNodes, isOurs) && areAll(removedNodes, isOurs);
}

function areAll(nodes: NodeList, isOurs: (node: Node) => boolean): boolean {
  for (const node of nodes) if (!isOurs(node)) return false;
  return true;
}

function cardsOf({ target, addedNodes }: MutationRecord, isOurs: (node: Node) => boolean): Element[] {
  const around = (target instanceof Element ? target : target.parentElement)?.closest('li.s-card,li.s-item');
  if (around != null) return findCards(around);
  return [...addedNodes].flatMap((node) => (node instanceof Element && !isOurs(node) ? findCards(node) : []));
}
