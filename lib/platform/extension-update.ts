import { browser } from 'wxt/browser';

/** Calls back when a newer version waits. To be called synchronously at the worker's start. */
export function onUpdateAvailable(listener: (version: string) => void): void {
  browser.runtime.onUpdateAvailable.addListener(({ version }) => listener(version));
}

/** Starts the extension anew, in its newest version. Ends this context and every page of the extension. */
export function restartExtension(): void {
  browser.runtime.reload();
}

export function ownVersion(): string {
  return browser.runtime.getManifest().version;
}
