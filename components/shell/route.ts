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

function follow(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}

export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(follow, () => location.hash));
}
