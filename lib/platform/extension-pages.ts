import { browser } from 'wxt/browser';

/** How many pages of this extension are open, the popup included. */
export async function countPages(): Promise<number> {
  return (await openPages()).length;
}

/** An open manager tab; `address`: `#…`, or nothing. */
export interface ManagerTab {
  /** Of this page: the same address opened again is another. */
  readonly context: string;
  readonly address: string;
}

export async function managerTabs(): Promise<ManagerTab[]> {
  const manager = new URL('/options.html', location.origin).href;
  return (await openPages()).flatMap(({ contextId, documentUrl = '' }) =>
    documentUrl.startsWith(manager) ? [{ context: contextId, address: new URL(documentUrl).hash }] : [],
  );
}

function openPages() {
  return browser.runtime.getContexts({ contextTypes: ['TAB', 'POPUP'] });
}

/** Opens a manager tab at an address, without looking for an open one. */
export async function openManagerAt(hash: string): Promise<void> {
  await browser.tabs.create({ url: new URL(`/options.html${hash}`, location.origin).href });
}
