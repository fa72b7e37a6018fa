import { z } from 'zod';
import { parseRoute, replaceRouteUnseen, routeHash } from '#components/shell/route.ts';

/** What was searched, filtered and sorted by last, of the one workspace that this browser is connected to. */
const KEY = 'sellerdex.query.sellers';
const names = ['q', 'filter', 'sort'] as const;
const kept = z.strictObject({ store_key: z.string(), params: z.partialRecord(z.enum(names), z.string()) });

/** What the entry of the browser's history has whose address showed a list. */
export const shownState = { listed: true } as const;

/** For who comes back by an address that names no list of sellers. `params` are of `paramsFromQuery`. */
export function keepQuery(storeKey: string, params: Readonly<Record<string, string>>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ store_key: storeKey, params }));
  } catch {
    // A full disk: then one comes back to the whole list.
  }
  // Browsers ignore an address that is replaced too often.
  if (!('listed' in stateNow())) history.replaceState({ ...stateNow(), ...shownState }, '');
}

/**
 * An address of the list without search, filter and sort becomes that of the list that was left last. One that showed
 * a list already, as after Back, means what it meant then.
 */
export function restoreQuery(storeKey: string): void {
  const { page, params } = parseRoute(location.hash);
  if (page !== 'sellers' || names.some((name) => params.has(name)) || 'listed' in stateNow()) return;
  const last = readKept(storeKey);
  if (Object.keys(last).length > 0)
    replaceRouteUnseen(routeHash(page, { ...last, ...Object.fromEntries(params) }), history.state);
}

function stateNow(): object {
  const state: unknown = history.state;
  return typeof state === 'object' && state !== null ? state : {};
}

function readKept(storeKey: string): Record<string, string> {
  try {
    const { store_key, params } = kept.parse(JSON.parse(localStorage.getItem(KEY) ?? 'null'));
    return store_key === storeKey ? params : {};
  } catch {
    // Of another version, or damaged.
    return {};
  }
}
