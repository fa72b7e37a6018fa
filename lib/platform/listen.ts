import { browser } from 'wxt/browser';
import type { AnswerMessage } from '#lib/messaging/contract.ts';
import { answerMessage, type Handlers, isRequest } from '#lib/messaging/serve.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { isDiskFull } from '#lib/store/disk-full.ts';

/** Answers the messages of the contract. To be called synchronously at the worker's start. */
export function listen(handlers: Handlers): void {
  const self = { id: browser.runtime.id, origin: `${location.origin}/` };
  browser.runtime.onMessage.addListener((message, sender) =>
    isRequest(message) ? answerMessage(handlers, message, sender, self).then(nameFullDisk) : undefined,
  );
}

const maybeFull: ReadonlySet<string> = new Set(['unexpected', 'storage_broken', 'storage_unreadable']);

async function nameFullDisk(answer: AnswerMessage): Promise<AnswerMessage> {
  if (answer.ok || !maybeFull.has(answer.error.code) || !(await isDiskFull())) return answer;
  const { code, message, details } = new AppError('storage_full');
  return { ok: false, error: { code, message, details } };
}

/** Calls back when the browser starts and when the extension was installed or updated. */
export function onStart(listener: () => void): void {
  browser.runtime.onStartup.addListener(listener);
  browser.runtime.onInstalled.addListener(listener);
}
