import { parentPort } from 'node:worker_threads';
import { AppError } from '#lib/shared/app-error.ts';
import type { PageAnswer } from './page-reader.ts';
import type { FetchedPage } from './read-search-page.ts';
import { readSearchPage } from './read-search-page.ts';

// A page may be built to break the parser (elements nested a million deep): that is its failure, not ours.
function answer(page: FetchedPage): PageAnswer {
  try {
    return { page: readSearchPage(page) };
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, details: error.details };
    return { code: 'parse_error', details: { reason: 'unreadable', error: String(error).slice(0, 200) } };
  }
}

parentPort?.on('message', (page: FetchedPage) => parentPort?.postMessage(answer(page)));
