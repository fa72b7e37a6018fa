import { expect, test, vi } from 'vitest';
import type { ServerEvent } from '#lib/protocol/events.ts';
import { AppError } from '#lib/shared/app-error.ts';
import { followEvents } from './follow-events.ts';

const change = (version: number): ServerEvent => ({ event: 'change', data: { table: 'sellers', version } });

/** A server whose line ends after each of these: events, or an error. */
function lines(...script: (ServerEvent[] | AppError)[]) {
  const asked: number[] = [];
  async function* events(signal: AbortSignal, onOpen?: () => void): AsyncGenerator<ServerEvent> {
    asked.push(Date.now());
    const line = script.shift();
    if (line instanceof AppError) throw line;
    onOpen?.();
    if (line !== undefined) yield* line;
    else await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  }
  return { asked, events };
}

test('comes back after every break, and has what was missed before each line stood pulled', async () => {
  const server = lines([change(1)], new AppError('unreachable'), [change(2)]);
  const seen: number[] = [];
  let opened = 0;
  const stop = followEvents(server, {
    onEvent: (event) => seen.push(event.event === 'change' ? event.data.version : -1),
    onOpen: () => (opened += 1),
  });
  await vi.waitFor(() => expect(server.asked).toHaveLength(4), 10_000);
  expect(seen).toEqual([1, 2]);
  expect(opened).toBe(3);
  stop();
});

test('waits longer after each failure in a row', async () => {
  const gone = () => new AppError('unreachable');
  const server = lines(gone(), gone(), gone());
  const stop = followEvents(server, { onEvent: () => undefined, onOpen: () => undefined });
  await vi.waitFor(() => expect(server.asked).toHaveLength(4), 10_000);
  const [first = 0, second = 0, , fourth = 0] = server.asked;
  expect(second - first).toBeGreaterThanOrEqual(240);
  expect(fourth - first).toBeGreaterThanOrEqual(240 + 490 + 990);
  stop();
});

test.each(['unauthorized', 'protocol_newer'] as const)('gives up on %s, which only a person can mend', async (code) => {
  vi.useFakeTimers();
  const server = lines(new AppError(code));
  followEvents(server, { onEvent: () => undefined, onOpen: () => undefined });
  await vi.advanceTimersByTimeAsync(120_000);
  expect(server.asked).toHaveLength(1);
  vi.useRealTimers();
});
