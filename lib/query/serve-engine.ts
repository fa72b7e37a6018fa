import type { StoreReader } from '#lib/store/reader.ts';
import { toAppError } from '#lib/shared/to-app-error.ts';
import type { Engine } from './engine.ts';
import { createEngine } from './engine.ts';
import { createExportBytes, type StoredTexts } from './export-text.ts';
import type { Iteration } from './iterate-rows.ts';
import type { FromWorker, PlainError, Port, Questions, ToWorker } from './messages.ts';
import type { Notes } from './read-notes.ts';
import { createPlatformIds, type PlatformIds } from './platform-ids.ts';
import { readNotes } from './read-notes.ts';
import { readSeller } from './read-seller.ts';
import { readStoredFields } from './stored-fields.ts';
import type { Alternatives, ExportPart, Query, SellerRow, Window } from './query.ts';

const noNotes: Notes = new Map();

const notStarted = new RangeError('not started');

type Question = Extract<ToWorker, { type: 'ask' }>;

/** By then a page has asked for the rows of a state that it was told. */
const COUNT_AFTER_MS = 40;
/** By then the page has drawn the whole list, and is idle. */
const NAMES_AFTER_MS = 250;
/** A page that is being loaded takes less long than this, unless something else holds it up. */
const PATIENCE_MS = 500;

export interface ServeOptions {
  readonly port: Port<ToWorker, FromWorker>;
  readonly openReader: (storeKey: string) => Promise<StoreReader>;
  readonly now: () => number;
  /** The store that will most likely be asked for: it is read from the start, before anybody asks. */
  readonly expected?: Promise<string | null>;
}

/**
 * The worker's side: one engine behind a port. Updates of a query that arrive together are worked off
 * as one, because states are only computed once the messages before them are through.
 */
export function serveEngine({ port, openReader, now, expected }: ServeOptions): void {
  let engine: Promise<Engine> | null = null;
  let storeKey: string | null = null;
  /** Engines started so far: what the one of another store still does, or fails at, is nobody's business. */
  let starts = 0;
  /** What the page was told last, perhaps before it listened; null once a read went well. */
  let failure: PlainError | null = null;
  /** Open views; an engine that starts late, or again, opens them all. */
  const views = new Map<number, { query: Query; alternatives: Alternatives }>();
  const iterations = new Map<number, Iteration>();
  /** Of exports under way, by iteration. */
  const exportedIds = new Map<number, PlatformIds>();
  const exportBytes = createExportBytes();
  let posting = false;
  /** Reads of the store, one after the other. */
  let reading: Promise<void> = Promise.resolve();
  let refreshQueued = false;
  /** The page has drawn its first rows, or wants something else. */
  const served = Promise.withResolvers<void>();

  function postStates(): void {
    if (posting) return;
    posting = true;
    setTimeout(() => {
      posting = false;
      for (const view of views.keys()) {
        void withEngine(async (running) => {
          await running.prepare(view);
          if (!views.has(view)) return;
          port.postMessage({ type: 'state', view, state: running.state(view) });
          setTimeout(() => postCounts(view), COUNT_AFTER_MS);
        });
      }
    }, 0);
  }

  /** After the rows that a page asks for when it is told a state. */
  function postCounts(view: number): void {
    void withEngine(async (running) => {
      const state = views.has(view) ? await running.count(view) : null;
      if (state !== null && views.has(view)) port.postMessage({ type: 'state', view, state });
    });
  }

  async function startEngine(key: string, goOn: Promise<void>): Promise<Engine> {
    const mine = starts;
    const reader = await openReader(key);
    const running = createEngine({ reader, now, changed: postStates, goOn });
    for (const [view, { query, alternatives }] of views) running.open(view, query, alternatives);
    reader.onChange(() => {
      if (mine === starts) queueRefresh(running);
    });
    if (mine === starts) read(() => load(running));
    return running;
  }

  async function load(running: Engine): Promise<void> {
    const mine = starts;
    await running.start();
    setTimeout(() => {
      // Nobody has asked for it yet: whoever does is told what goes wrong.
      if (mine === starts) void running.prepareNames().catch(() => undefined);
    }, NAMES_AFTER_MS);
  }

  function read(work: () => Promise<void>): void {
    const mine = starts;
    reading = reading.then(work).then(
      () => {
        if (mine === starts) failure = null;
      },
      (thrown: unknown) => {
        if (mine === starts) fail(thrown);
      },
    );
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

  function start(key: string, goOn = Promise.resolve()): void {
    starts += 1;
    storeKey = key;
    failure = null;
    reading = Promise.resolve();
    refreshQueued = false;
    const starting = startEngine(key, goOn);
    engine = starting;
    starting.catch((thrown: unknown) => {
      if (engine !== starting) return;
      engine = null;
      fail(thrown);
    });
  }

  function ask(key: string): void {
    if (key !== storeKey) {
      void engine?.then((running) => running.stop()).catch(() => undefined);
      start(key);
    } else if (failure !== null) port.postMessage({ type: 'failed', error: failure });
  }

  async function withEngine(work: (running: Engine) => void | Promise<void>): Promise<void> {
    try {
      if (engine !== null) await work(await engine);
    } catch (thrown) {
      fail(thrown);
    }
  }

  function fail(thrown: unknown): void {
    failure = plain(thrown);
    port.postMessage({ type: 'failed', error: failure });
  }

  function retry(): void {
    failure = null;
    if (engine !== null) void withEngine((running) => read(() => load(running)));
    else if (storeKey !== null) start(storeKey);
  }

  async function answer(message: Question): Promise<void> {
    const { call } = message;
    try {
      const running = await engine;
      if (running === null) return port.postMessage({ type: 'refused', call, error: failure ?? plain(notStarted) });
      const value = await answerOf(running, message);
      port.postMessage({ type: 'answer', call, value });
      if (message.name !== 'window') served.resolve();
    } catch (thrown) {
      port.postMessage({ type: 'refused', call, error: plain(thrown) });
    }
  }

  /** It may be asked about another order than the one shown: then it waits until that is made. */
  async function windowOf(running: Engine, { view, from, to, anchor }: Questions['window']['ask']): Promise<Window> {
    const query = views.get(view)?.query;
    await running.prepare(view);
    // Rows that were in view stay where they are in their own list only.
    return running.window(view, from, to, views.get(view)?.query === query ? anchor : null);
  }

  async function nextRows(
    running: Engine,
    { iteration, query, chosen, size }: Questions['iterate']['ask'],
  ): Promise<SellerRow[]> {
    if (query !== null) iterations.set(iteration, await running.iterate(query, chosen));
    const begun = iterations.get(iteration);
    // An end that is none would make an export short without a word.
    if (begun === undefined) throw new RangeError(`iteration ${iteration} was not begun`);
    return begun.next(size);
  }

  async function storedTexts(
    { reader }: Engine,
    { iteration, form }: Questions['exportRows']['ask'],
    rows: readonly SellerRow[],
  ): Promise<StoredTexts> {
    // Of one that has ended meanwhile nobody takes them.
    if (form === 'names' || !iterations.has(iteration)) return { notes: noNotes, platformId: () => null };
    const ids = exportedIds.get(iteration) ?? createPlatformIds(reader);
    exportedIds.set(iteration, ids);
    await ids.load();
    return { notes: await readNotes(reader, rows), platformId: (no) => ids.get(no) ?? null };
  }

  async function exportNext(running: Engine, ask: Questions['exportRows']['ask']): Promise<ExportPart> {
    const rows = await nextRows(running, ask);
    const stored = await storedTexts(running, ask, rows);
    const nos = new Float64Array(rows.length);
    for (const [at, { no }] of rows.entries()) nos[at] = no;
    return { text: new Blob([exportBytes(ask.form, rows, stored, ask.query !== null)]), nos };
  }

  function answerOf(running: Engine, { name, ask }: Question): unknown {
    if (name === 'window') return windowOf(running, ask);
    if (name === 'positions') return running.positions(ask.view, ask.handles);
    if (name === 'handleRuns') return running.handleRuns(ask.view, ask.from, ask.to);
    if (name === 'facets') return running.facets(ask.query);
    if (name === 'overview') return running.overview(ask.ends);
    if (name === 'seller') return readSeller(running.reader, ask.no);
    if (name === 'storedFields') return readStoredFields(running.reader, ask.nos);
    if (name === 'knownNames') return running.reader.knownNames(ask.names);
    if (name === 'exportRows') return exportNext(running, ask);
    if (name === 'iterate') return nextRows(running, ask);
    return running.choose(ask.view, ask.chosen, ask.change, ask.id);
  }

  function receive(message: ToWorker): void {
    if (message.type === 'ask') void answer(message);
    else if (message.type === 'start') ask(message.storeKey);
    else if (message.type === 'retry') retry();
    else if (message.type === 'drawn') served.resolve();
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
    } else if (message.type === 'endIteration') {
      iterations.get(message.iteration)?.close();
      iterations.delete(message.iteration);
      exportedIds.delete(message.iteration);
    } else if (message.type === 'open') {
      const { view, query, alternatives } = message;
      views.set(view, { query, alternatives });
      void withEngine((running) => running.open(view, query, alternatives));
      postStates();
    } else {
      const { view, query, alternatives } = message;
      const open = views.get(view);
      if (open !== undefined) {
        open.query = query;
        open.alternatives = alternatives ?? open.alternatives;
      }
      void withEngine((running) => running.update(view, query, alternatives));
      postStates();
    }
  }

  port.addEventListener('message', (event) => receive(event.data));
  void expected?.then(
    (key) => {
      if (key === null || storeKey !== null) return;
      setTimeout(() => served.resolve(), PATIENCE_MS);
      start(key, served.promise);
    },
    // Whoever asks is told.
    () => undefined,
  );
}

function plain(thrown: unknown): PlainError {
  const { code, message } = toAppError(thrown);
  return { code, message };
}
