import { useSyncExternalStore } from 'react';

export const pages = ['overview', 'sellers', 'runs', 'bookkeeping', 'data', 'settings'] as const;
export type PageName = (typeof pages)[number];

export interface Route {
  page: PageName;
  params: URLSearchParams;
}

/** `#/runs?collect=1` → runs with its parameters; anything unknown is the list of sellers. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const page = pages.find((name) => name === path) ?? 'sellers';
  return { page, params: new URLSearchParams(query) };
}

export function routeHash(page: PageName, params: Record<string, string> = {}): string {
  const query = new URLSearchParams(params).toString();
  return `#/${page}${query === '' ? '' : `?${query}`}`;
}

/** Goes to a page; the browser's Back leads back. */
export function navigate(page: PageName, params: Record<string, string> = {}): void {
  location.hash = routeHash(page, params);
}

/** Changes the address without a new entry in the browser's history, which tells nobody by itself. */
export function replaceRoute(hash: string, state: unknown): void {
  history.replaceState(state, '', hash);
  tell();
}

/** The same for what is being drawn and has not read the address yet. */
export function replaceRouteUnseen(hash: string, state: unknown): void {
  history.replaceState(state, '', hash);
  if (told !== null) told = location.hash;
}

const followers = new Set<() => void>();
/** What all of them know: a page that is drawn between the change of the address and its event is still the old one. */
let told: string | null = null;

/** In one go: one after another by the browser, the page that is being left would be drawn for the next one's address. */
function tell(): void {
  if (told === null) return;
  told = location.hash;
  for (const follower of followers) follower();
}

function follow(follower: () => void): () => void {
  if (followers.size === 0) {
    told = location.hash;
    addEventListener('hashchange', tell);
  }
  followers.add(follower);
  return () => {
    followers.delete(follower);
    if (followers.size > 0) return;
    told = null;
    removeEventListener('hashchange', tell);
  };
}

export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(follow, () => told ?? location.hash));
}
