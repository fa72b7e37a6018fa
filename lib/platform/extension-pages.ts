import { browser } from 'wxt/browser';

/** How many pages of this extension are open, the popup included. */
export async function countPages(): Promise<number> {
  return (await openPages()).length;
}

/** Addresses (`#…`, or nothing) of the open manager tabs. */
export async function managerAddresses(): Promise<string[]> {
  const manager = new URL('/options.html', location.origin).href;
  return (await openPages()).filter((address) => address.startsWith(manager)).map((address) => new URL(address).hash);
}

async function openPages(): Promise<string[]> {
  const contexts = await browser.runtime.getContexts({ contextTypes: ['TAB', 'POPUP'] });
  return contexts.map(({ documentUrl }) => documentUrl ?? '');
}

/** Opens a manager tab at an address, without looking for an open one. */
export async function openManagerAt(hash: string): Promise<void> {
  await browser.tabs.create({ url: new URL(`/options.html${hash}`, location.origin).href });
}
