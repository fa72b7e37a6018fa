import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createClient, type Send } from './client.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const lookup = { names: [] };
const value = { connected: true, marks: [] };
const never = (): Promise<unknown> => new Promise(() => undefined);

/** A background that does these one after the other, then answers. */
function background(...script: Send[]) {
  const heard: unknown[] = [];
  const send: Send = (message) => {
    heard.push(message);
    return script.shift()?.(message) ?? Promise.resolve({ ok: true, value });
  };
  return { heard, send };
}

/** What a command comes to, however long it takes. */
async function outcome(asked: Promise<unknown>): Promise<unknown> {
  const settled = asked.catch((error: unknown) => error);
  await vi.runAllTimersAsync();
  return settled;
}

it('resolves to what the background answers', async () => {
  const { heard, send } = background();
  expect(await outcome(createClient(send, () => true)('marks.lookup', lookup))).toEqual(value);
  expect(heard).toEqual([{ sellerdex: 1, procedure: 'marks.lookup', input: lookup }]);
});

it('repeats the same command until it is answered: no receiver, no answer, silence, an answer of no form', async () => {
  const { heard, send } = background(
    () => Promise.reject(new Error('Could not establish connection. Receiving end does not exist.')),
    () => Promise.resolve(undefined),
    never,
    () => Promise.resolve('something'),
    () => {
      throw new TypeError('thrown at once');
    },
  );
  const from = Date.now();
  expect(await outcome(createClient(send, () => true)('marks.lookup', lookup))).toEqual(value);
  expect(heard).toHaveLength(6);
  expect(new Set(heard.map((message) => JSON.stringify(message))).size).toBe(1);
  // The silent one alone takes 30 s.
  expect(Date.now() - from).toBeGreaterThanOrEqual(30_000);
  expect(Date.now() - from).toBeLessThan(40_000);
});

it('throws what the background throws, and repeats nothing then', async () => {
  const error = { code: 'storage_full', message: 'full', details: { at: 1 } };
  const { heard, send } = background(() => Promise.resolve({ ok: false, error }));
  expect(await outcome(createClient(send, () => true)('marks.lookup', lookup))).toMatchObject(error);
  expect(heard).toHaveLength(1);
});

it('takes a code that it does not know for an error inside', async () => {
  const error = { code: 'of_a_later_version', message: 'Words of a later version.', details: {} };
  const { send } = background(() => Promise.resolve({ ok: false, error }));
  expect(await outcome(createClient(send, () => true)('marks.lookup', lookup))).toMatchObject({
    code: 'unexpected',
    message: error.message,
  });
});

it('says that the background is gone when nobody ever answers', async () => {
  const { heard, send } = background(...Array.from({ length: 20 }, () => () => Promise.reject(new Error('gone'))));
  expect(await outcome(createClient(send, () => true)('marks.lookup', lookup))).toMatchObject({ code: 'worker_gone' });
  expect(heard).toHaveLength(9);
});

it('gives up at once in a page whose extension was reloaded', async () => {
  const { heard, send } = background(() => Promise.reject(new Error('Extension context invalidated.')));
  const from = Date.now();
  expect(await outcome(createClient(send, () => false)('marks.lookup', lookup))).toMatchObject({ code: 'worker_gone' });
  expect(heard).toHaveLength(1);
  expect(Date.now()).toBe(from);
});
