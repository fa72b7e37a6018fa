import { expect, it } from 'vitest';
import type { FromWorker, ToWorker } from '#lib/query/messages.ts';
import { startQueryWorker } from './start-query-worker.ts';

/** Workers as far as a page sees them, which do what the test says. */
function setUp() {
  const made: { told: ToWorker[]; ended: boolean; say(message: FromWorker): void; fail(): void }[] = [];
  const heard: FromWorker[] = [];
  const worker = startQueryWorker(() => {
    const target = new EventTarget();
    const one: (typeof made)[number] = {
      told: [],
      ended: false,
      say: (data) => target.dispatchEvent(new MessageEvent('message', { data })),
      fail: () => target.dispatchEvent(new Event('error')),
    };
    made.push(one);
    return Object.assign(target, {
      postMessage: (message: ToWorker) => void one.told.push(message),
      terminate: () => (one.ended = true),
    }) as unknown as Worker;
  });
  worker.addEventListener('message', ({ data }) => heard.push(data));
  let isFailed = false;
  void worker.failed.then(() => (isFailed = true));
  const failed = async () => {
    await Promise.resolve();
    return isFailed;
  };
  return { worker, made, heard, failed };
}

const start: ToWorker = { type: 'start', storeKey: 'key' };
const retry: ToWorker = { type: 'retry' };
const answer: FromWorker = { type: 'answer', call: 1, value: 'something' };

it('a worker that fails before it has said anything is replaced by one that is told the same', async () => {
  const { worker, made, heard, failed } = setUp();
  worker.postMessage(start);
  made[0]?.fail();
  worker.postMessage(retry);
  expect(made).toHaveLength(2);
  expect(made.map(({ ended }) => ended)).toEqual([true, false]);
  expect(made[1]?.told).toEqual([start, retry]);
  // What else the first one says of its end is nobody's business.
  made[0]?.fail();
  made[1]?.say(answer);
  expect(heard).toEqual([answer]);
  expect(made).toHaveLength(2);
  expect(await failed()).toBe(false);
});

it('two that fail at their start are said to have failed; a later error is not that', async () => {
  const { worker, made, failed } = setUp();
  worker.postMessage(start);
  made[0]?.fail();
  expect(await failed()).toBe(false);
  made[1]?.fail();
  expect(await failed()).toBe(true);
  expect(made).toHaveLength(2);

  const later = setUp();
  later.made[0]?.say(answer);
  later.made[0]?.fail();
  expect(later.made).toHaveLength(1);
  expect(await later.failed()).toBe(false);
});
