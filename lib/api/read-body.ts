import { AppError } from '#lib/shared/app-error.ts';

/** Longest silence of a server within an answer, in milliseconds. */
export const SILENCE_MS = 10_000;

/** Rejects with `timeout` and aborts the call unless `step` settles in time. */
export async function withinSilence<T>(step: Promise<T>, abort: AbortController, silenceMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new AppError('timeout'));
      abort.abort();
    }, silenceMs);
  });
  try {
    return await Promise.race([step, silence]);
  } finally {
    clearTimeout(timer);
  }
}

/** The pieces of a body as text; throws `timeout` when none arrives for `silenceMs`, `unreachable` when it breaks off. */
export async function* readPieces(
  response: Response,
  abort: AbortController,
  silenceMs: number,
): AsyncGenerator<string> {
  if (response.body === null) return;
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await withinSilence(reader.read(), abort, silenceMs);
      if (done) break;
      yield decoder.decode(value, { stream: true });
    }
    yield decoder.decode();
  } catch (cause) {
    throw cause instanceof AppError ? cause : new AppError('unreachable', { cause });
  } finally {
    // Whoever stops reading early ends the call; a body that was read to its end ignores it.
    abort.abort();
  }
}

/** The whole body as JSON. Throws `invalid_answer` when it is none. */
export async function readJson(response: Response, abort: AbortController, silenceMs: number): Promise<unknown> {
  const pieces: string[] = [];
  for await (const piece of readPieces(response, abort, silenceMs)) pieces.push(piece);
  try {
    return JSON.parse(pieces.join('')) as unknown;
  } catch (cause) {
    throw new AppError('invalid_answer', { details: { status: response.status }, cause });
  }
}
