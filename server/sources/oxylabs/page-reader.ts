import { Worker } from 'node:worker_threads';
import { AppError } from '#lib/shared/app-error.ts';
import type { ErrorDetails } from '#lib/shared/app-error.ts';
import type { ErrorCode } from '#lib/shared/error-codes.ts';
import type { FetchedPage, SearchPage } from './read-search-page.ts';

export type PageAnswer = { page: SearchPage } | { code: ErrorCode; details: ErrorDetails };

export type PageReader = (page: FetchedPage, timeoutMs?: number) => Promise<SearchPage>;

const TIMEOUT_MS = 20_000;
const MAX_HEAP_MB = 512;

/**
 * Reads result pages in a thread of its own, one after the other: a page of 1.5 MB takes 50 to 350 ms,
 * in which a server would answer nobody. The thread starts with the first page, never keeps the process
 * alive, and is replaced when a page breaks it. Throws as `readSearchPage` does, `parse_error` for a page
 * that breaks the thread or takes too long.
 */
export function createPageReader(): PageReader {
  let thread: Worker | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  function ready(): Worker {
    if (thread === null) {
      thread = new Worker(new URL('./page-reader.worker.ts', import.meta.url), {
        // It needs no key of the environment and none of the program's options.
        env: {},
        execArgv: [],
        resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
      });
      thread.unref();
    }
    return thread;
  }

  async function readNow(page: FetchedPage, timeoutMs: number): Promise<SearchPage> {
    const worker = ready();
    const { promise, resolve, reject } = Promise.withResolvers<PageAnswer>();
    const fail = (reason: string, cause?: unknown): void => {
      thread = null;
      void worker.terminate();
      reject(new AppError('parse_error', { details: { reason }, cause }));
    };
    const onError = (error: unknown): void => fail('unreadable', error);
    const onExit = (): void => fail('unreadable');
    const timer = setTimeout(() => fail('too_slow'), timeoutMs);
    worker.once('message', resolve).once('error', onError).once('exit', onExit);
    try {
      worker.postMessage(page);
      const answer = await promise;
      if ('page' in answer) return answer.page;
      throw new AppError(answer.code, { details: answer.details });
    } finally {
      clearTimeout(timer);
      worker.off('message', resolve).off('error', onError).off('exit', onExit);
    }
  }

  return (page, timeoutMs = TIMEOUT_MS) => {
    const reading = turn.then(() => readNow(page, timeoutMs));
    turn = reading.catch(() => undefined);
    return reading;
  };
}
