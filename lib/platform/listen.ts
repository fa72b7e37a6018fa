import { browser } from 'wxt/browser';
import { answerMessage, type Handlers, isRequest } from '#lib/messaging/serve.ts';

/** Answers the messages of the contract. To be called synchronously at the worker's start. */
export function listen(handlers: Handlers): void {
  const self = { id: browser.runtime.id, origin: `${location.origin}/` };
  browser.runtime.onMessage.addListener((message, sender) =>
    isRequest(message) ? answerMessage(handlers, message, sender, self) : undefined,
  );
}

/** Calls back when the browser starts and when the extension was installed or updated. */
export function onStart(listener: () => void): void {
  browser.runtime.onStartup.addListener(listener);
  browser.runtime.onInstalled.addListener(listener);
}
