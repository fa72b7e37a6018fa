import { browser } from 'wxt/browser';

const PREFIX = 'sellerdex.manager-tab:';

/**
 * Says that this page is a manager, for as long as it lives: it holds a lock that carries its tab's
 * number. Finding a tab by its address would need the permission `tabs`, which reads all addresses.
 */
export async function announceManager(): Promise<void> {
  const tab = await browser.tabs.getCurrent();
  if (tab?.id === undefined) return;
  const forever = new Promise<void>(() => undefined);
  await navigator.locks.request(`${PREFIX}${tab.id}`, { mode: 'shared' }, () => forever);
}

/** Brings the manager to the front at `hash` (null: wherever it is), or opens one. */
export async function openManager(hash: string | null): Promise<void> {
  const url = new URL(`/options.html${hash ?? ''}`, location.origin).href;
  const open = await managerTab();
  if (open === null) {
    await browser.tabs.create({ url });
    return;
  }
  const tab = await browser.tabs.update(open, hash === null ? { active: true } : { active: true, url });
  if (tab?.windowId !== undefined) await browser.windows.update(tab.windowId, { focused: true });
}

async function managerTab(): Promise<number | null> {
  const { held = [] } = await navigator.locks.query();
  const lock = held.find(({ name }) => name?.startsWith(PREFIX));
  return lock?.name === undefined ? null : Number(lock.name.slice(PREFIX.length));
}

/** Closes this page if it is the toolbar's popup; opened in a tab, it stays. */
export async function closePopup(): Promise<void> {
  if ((await browser.tabs.getCurrent()) === undefined) window.close();
}
