import { browser } from 'wxt/browser';
import type { AnswerMessage } from '#lib/messaging/contract.ts';
import { AppError } from '#lib/shared/app-error.ts';
import type { Overlay, PageSummary } from './overlay.ts';

/** Answers what the popup asks of the page in front of it: `page.summary`, and `page.change` with `{action}`. */
export function answerPopup(overlay: Overlay, signal: AbortSignal): void {
  const listener = (
    message: unknown,
    sender: { id?: string },
    respond: (answer: AnswerMessage) => void,
  ): true | void => {
    if (sender.id !== browser.runtime.id || !isRequest(message)) return;
    const answer = answerTo(message, overlay);
    if (answer === null) return;
    void answer.then(respond);
    // Keeps the channel open until `respond`.
    return true;
  };
  browser.runtime.onMessage.addListener(listener);
  signal.addEventListener('abort', () => browser.runtime?.onMessage?.removeListener(listener));
}

interface Request {
  procedure: unknown;
  input?: { action?: unknown };
}

function answerTo({ procedure, input }: Request, overlay: Overlay): Promise<AnswerMessage> | null {
  if (procedure === 'page.summary') return Promise.resolve(toAnswer(overlay.summary()));
  const action = procedure === 'page.change' ? input?.action : undefined;
  return action === 'add' || action === 'flag' ? overlay.changeAll(action).then(toAnswer) : null;
}

function isRequest(message: unknown): message is Request {
  return typeof message === 'object' && message !== null && 'sellerdex' in message && 'procedure' in message;
}

function toAnswer(summary: PageSummary | null): AnswerMessage {
  if (summary !== null) return { ok: true, value: summary };
  const { code, message, details } = new AppError('signed_out');
  return { ok: false, error: { code, message, details } };
}
