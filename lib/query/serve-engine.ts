import type { StoreReader } from '#lib/store/reader.ts';
import { toAppError } from '#lib/shared/to-app-error.ts';
import type { Engine } from './engine.ts';
import { createEngine } from './engine.ts';
import type { FromWorker, PlainError, Port, ToWorker } from './messages.ts';
import type { Query } from './query.ts';

export interface ServeOptions {
  readonly port: Port<ToWorker, FromWorker>;
  readonly openReader: (storeKey: string) => Promise<StoreReader>;
  readonly now: () => number;
}

/**
 * The worker's side: one engine behind a port. Updates of a query that arrive together are worked off
 * as one, because states are only computed once the messages before them are through.
 */
export function serveEngine({ port, openReader, now }: ServeOptions): void {
  let engine: Promise<Engine> | null = null;
  let storeKey = '';
  /** Open views; an engine that starts late, or again, opens them all. */
  const views = new Map<number, Query>();
  let posting = false;
  /** Reads of the store, one after the other. */
  let reading: Promise<void> = Promise.resolve();
  let refreshQueued = false;

  function postStates(): void {
    if (posting) return;
    posting = true;
    setTimeout(() => {
      posting = false;
      void withEngine((running) => {
        for (const view of views.keys()) port.postMessage({ type: 'state', view, state: running.state(view) });
      });
    }, 0);
  }

  async function startEngine(): Promise<Engine> {
    const reader = await openReader(storeKey);
    const running = createEngine({ reader, now, changed: postStates });
    for (const [view, query] of views) running.open(view, query);
    reader.onChange(() => queueRefresh(running));
    read(() => running.start());
    return running;
  }

  function read(work: () => Promise<void>): void {
    reading = reading.then(work).catch((thrown: unknown) => fail(thrown));
  }

  function queueRefresh(running: Engine): void {
    // One refresh that has not begun sees everything written before it begins.
    if (refreshQueued) return;
    refreshQueued = true;
    read(() => {
      refreshQueued = false;
      return running.refresh();
    });
  }

  function start(): void {
    engine = startEngine();
    engine.catch((thrown: unknown) => {
      engine = null;
      fail(thrown);
    });
  }

  async function withEngine(work: (running: Engine) => void): Promise<void> {
    try {
      if (engine !== null) work(await engine);
    } catch (thrown) {
      fail(thrown);
    }
  }

  function fail(thrown: unknown): void {
    port.postMessage({ type: 'failed', error: plain(thrown) });
  }

  function retry(): void {
    if (engine === null) start();
    else void withEngine((running) => read(() => running.start()));
  }

  async function answer(message: Extract<ToWorker, { type: 'ask' }>): Promise<void> {
    const { call } = message;
    try {
      const running = await engine;
      if (running === null) throw new RangeError('not started');
      port.postMessage({ type: 'answer', call, value: answerOf(running, message) });
    } catch (thrown) {
      port.postMessage({ type: 'refused', call, error: plain(thrown) });
    }
  }

  function receive(message: ToWorker): void {
    if (message.type === 'ask') void answer(message);
    else if (message.type === 'start') {
      storeKey = message.storeKey;
      start();
    } else if (message.type === 'retry') retry();
    else if (message.type === 'close') {
      views.delete(message.view);
      void withEngine((running) => running.close(message.view));
    } else if (message.type === 'assume') {
      void withEngine((running) => running.assume(message.id, message.change, message.nos));
    } else if (message.type === 'settle') {
      void withEngine((running) => {
        running[message.end](message.id);
        queueRefresh(running);
      });
    } else {
      views.set(message.view, message.query);
      void withEngine((running) => running[message.type](message.view, message.query));
      postStates();
    }
  }

  port.addEventListener('message', (event) => receive(event.data));
}

function answerOf(engine: Engine, { name, ask }: Extract<ToWorker, { type: 'ask' }>): unknown {
  if (name === 'window') return engine.window(ask.view, ask.from, ask.to, ask.anchor);
  if (name === 'positions') return engine.positions(ask.view, ask.handles);
  if (name === 'handles') return engine.handles(ask.view, ask.from, ask.to);
  return engine.choose(ask.view, ask.chosen, ask.change, ask.id);
}

function plain(thrown: unknown): PlainError {
  const { code, message } = toAppError(thrown);
  return { code, message };
}
