import { browser } from 'wxt/browser';
import { AppError } from '#lib/shared/app-error.ts';
import { isErrorCode } from '#lib/shared/error-codes.ts';
import type { AnswerMessage, Input, Output, ProcedureName, RequestMessage } from './contract.ts';

/** Waits between repeats, in milliseconds; a cold worker needs some 100 ms, a loaded machine seconds. */
const REPEAT_AFTER_MS = [50, 100, 200, 400, 800, 1600, 3200, 6400];
/** A worker that dies with a message in hand may never settle it. Syncs are answered within 10 s. */
const ANSWER_MS = 30_000;

export type Command = <N extends ProcedureName>(procedure: N, input: Input<N>) => Promise<Output<N>>;

/** How one message is sent; rejects or resolves with undefined when nobody answered. */
export type Send = (message: RequestMessage) => Promise<unknown>;

/**
 * Commands to the background. A command is repeated until it is answered, because the worker may die
 * at any moment: so ids of what it makes are made by the caller, once. Throws the worker's AppError;
 * `worker_gone` when nobody answers, as after the extension was reloaded.
 */
export function createClient(
  send: Send = (message) => browser.runtime.sendMessage(message),
  isAlive: () => boolean = hasRuntime,
): Command {
  return async (procedure, input) => {
    const message: RequestMessage = { sellerdex: 1, procedure, input };
    for (const wait of [...REPEAT_AFTER_MS, null]) {
      const answer = await trySend(send, message);
      if (answer?.ok === true) return answer.value as Output<typeof procedure>;
      if (answer !== null) throw fromAnswer(answer.error);
      if (wait === null || !isAlive()) break;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
    throw new AppError('worker_gone');
  };
}

async function trySend(send: Send, message: RequestMessage): Promise<AnswerMessage | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ANSWER_MS);
  });
  try {
    const answer = await Promise.race([send(message), silence]);
    return isAnswer(answer) ? answer : null;
  } catch {
    // No receiver, or it died: the caller repeats. The texts differ by browser, so they say nothing more.
    return null;
  } finally {
    clearTimeout(timer);
  }
}

function isAnswer(value: unknown): value is AnswerMessage {
  return typeof value === 'object' && value !== null && 'ok' in value && typeof value.ok === 'boolean';
}

function fromAnswer({
  code,
  message,
  details,
}: {
  code: string;
  message: string;
  details: Record<string, unknown>;
}): AppError {
  return new AppError(isErrorCode(code) ? code : 'unexpected', { message, details });
}

function hasRuntime(): boolean {
  return browser.runtime?.id !== undefined;
}
