import { browser } from 'wxt/browser';

export interface Notification {
  /** One of the same id takes its place. */
  id: string;
  title: string;
  message: string;
}

export async function notify({ id, title, message }: Notification): Promise<void> {
  const iconUrl = new URL('/icon/128.png', location.origin).href;
  await browser.notifications.create(id, { type: 'basic', iconUrl, title, message });
}

/** To be called synchronously at the worker's start, or the click that woke it is missed. The notification goes. */
export function onNotificationClick(listener: (id: string) => void): void {
  browser.notifications.onClicked.addListener((id) => {
    void browser.notifications.clear(id);
    listener(id);
  });
}
