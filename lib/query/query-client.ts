import { AppError } from '#lib/shared/app-error.ts';
import type { NumberRuns } from '#lib/shared/number-runs.ts';
import type { ExportForm } from './export-text.ts';
import type { FromWorker, PlainError, Port, QuestionName, Questions, ToWorker } from './messages.ts';
import type {
  Alternatives,
  Anchor,
  ChosenRows,
  ExportPart,
  Facets,
  MarkChange,
  Overview,
  PackedTargets,
  Query,
  SellerRow,
  ViewState,
  Window,
} from './query.ts';
import type { ReadSeller } from './read-seller.ts';
import type { StoredFields } from './stored-fields.ts';

/** The page's side of the query worker. */
export interface QueryClient {
  /** `alternatives`: conditions to count rows for beside the query's own (`ViewState.counts`). */
  openView(query: Query, onState: (state: ViewState) => void, alternatives?: Alternatives): ViewClient;
  /**
   * All matching rows in order, or the chosen ones, in batches of `size`, as they were at the first batch, whatever
   * is written while they are taken. Rows chosen one by one need not match. To cancel, stop taking them (`break`, or `return()`).
   */
  iterate(query: Query, size: number, chosen?: ChosenRows | null): AsyncGenerator<SellerRow[]>;
  /** The same rows as a file has them; `exportFrame` goes around it. */
  exportRows(query: Query, chosen: ChosenRows | null, form: ExportForm, size: number): AsyncGenerator<ExportPart>;
  facets(query: Query): Promise<Facets>;
  /** All rows in figures; `ends`: moments, ascending, up to which they are counted. */
  overview(ends: readonly number[]): Promise<Overview>;
  /** One seller with all its fields, as the store has it now; null when it is not there, or deleted. */
  seller(no: number): Promise<ReadSeller | null>;
  /** Fields of some sellers that the engine does not keep, by handle. */
  storedFields(nos: readonly number[]): Promise<Map<number, StoredFields>>;
  /** Which of these normalized names there are. */
  knownNames(names: readonly string[]): Promise<Set<string>>;
  /** Shows rows changed that the store does not have so yet. */
  assume(id: string, change: MarkChange, nos: Float64Array): void;
  /** How an assumed change ended: stored, or not. */
  settle(id: string, end: 'landed' | 'takeBack'): void;
  /** Calls back when the store cannot be read. */
  onFailure(listener: (error: AppError) => void): () => void;
  /** Tries again to read the store; in vain after `not_started`. */
  retry(): void;
  /** The first rows have been drawn: until then the worker leaves the processor to the page, for a while. */
  drawn(): void;
}

export interface ViewClient {
  /** `alternatives` stay as they are when left out. */
  update(query: Query, alternatives?: Alternatives): void;
  /** Rows at positions `from` to `to` (exclusive), which move on by as much as the rows of the anchor have. */
  window(from: number, to: number, anchor?: Anchor | null): Promise<Window>;
  positions(handles: readonly number[]): Promise<number[]>;
  /** Handles of the rows at positions `from` to `to` (exclusive). */
  handleRuns(from: number, to: number): Promise<NumberRuns>;
  /** Those of the chosen rows that the change would change; with an id, they are shown changed from now on. */
  choose(chosen: ChosenRows, change: MarkChange, id: string | null): Promise<PackedTargets>;
  close(): void;
}

/** `failed` resolves when the worker could not be started: then nothing is ever answered. */
export function createQueryClient(
  port: Port<FromWorker, ToWorker>,
  storeKey: string,
  failed?: Promise<void>,
): QueryClient {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: AppError) => void }>();
  const listeners = new Map<number, (state: ViewState) => void>();
  const failureListeners = new Set<(error: AppError) => void>();
  let lastCall = 0;
  let lastView = 0;
  let lastIteration = 0;
  let dead: AppError | null = null;

  function ask<N extends QuestionName>(name: N, question: Questions[N]['ask']): Promise<Questions[N]['answer']> {
    if (dead !== null) return Promise.reject(dead);
    const call = ++lastCall;
    const answer = new Promise<unknown>((resolve, reject) => waiting.set(call, { resolve, reject }));
    port.postMessage({ type: 'ask', call, name, ask: question } as ToWorker);
    return answer as Promise<Questions[N]['answer']>;
  }

  function receive(message: FromWorker): void {
    if (message.type === 'state') return listeners.get(message.view)?.(message.state);
    if (message.type === 'failed') return failureListeners.forEach((listener) => listener(toError(message.error)));
    const caller = waiting.get(message.call);
    waiting.delete(message.call);
    if (message.type === 'answer') caller?.resolve(message.value);
    else caller?.reject(toError(message.error));
  }

  function giveUp(): void {
    const error = new AppError('not_started');
    dead = error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
    failureListeners.forEach((listener) => listener(error));
  }

  port.addEventListener('message', (event) => receive(event.data));
  void failed?.then(giveUp);
  port.postMessage({ type: 'start', storeKey });

  return {
    openView(query, onState, alternatives = []) {
      const view = ++lastView;
      listeners.set(view, onState);
      port.postMessage({ type: 'open', view, query, alternatives });
      return {
        update: (next, others) => port.postMessage({ type: 'update', view, query: next, alternatives: others }),
        window: (from, to, anchor = null) => ask('window', { view, from, to, anchor }),
        positions: (handles) => ask('positions', { view, handles }),
        handleRuns: (from, to) => ask('handleRuns', { view, from, to }),
        choose: (chosen, change, id) => ask('choose', { view, chosen, change, id }),
        close() {
          listeners.delete(view);
          port.postMessage({ type: 'close', view });
        },
      };
    },
    async *iterate(query, size, chosen = null) {
      const iteration = ++lastIteration;
      try {
        for (let next: Query | null = query; ; next = null) {
          const rows = await ask('iterate', { iteration, query: next, chosen: next && chosen, size });
          if (rows.length > 0) yield rows;
          if (rows.length < size) return;
        }
      } finally {
        port.postMessage({ type: 'endIteration', iteration });
      }
    },
    async *exportRows(query, chosen, form, size) {
      const iteration = ++lastIteration;
      const part = (of: Query | null) => ask('exportRows', { iteration, query: of, chosen: of && chosen, size, form });
      function ahead(): Promise<ExportPart> {
        const made = part(null);
        // Whoever stops taking them does not wait for its end, whatever that is.
        made.catch(() => undefined);
        return made;
      }
      // Two are made while one is written: they take now longer, now shorter. The rest know what the first one has begun.
      const coming = [part(query)];
      try {
        for (let made = await coming.shift(); made !== undefined; made = await coming.shift()) {
          const isLast = made.nos.length < size;
          while (!isLast && coming.length < PARTS_AHEAD) coming.push(ahead());
          if (made.nos.length > 0) yield made;
          if (isLast) return;
        }
      } finally {
        port.postMessage({ type: 'endIteration', iteration });
      }
    },
    overview: (ends) => ask('overview', { ends }),
    facets: (query) => ask('facets', { query }),
    seller: (no) => ask('seller', { no }),
    storedFields: (nos) => ask('storedFields', { nos }),
    knownNames: (names) => ask('knownNames', { names }),
    assume: (id, change, nos) => port.postMessage({ type: 'assume', id, change, nos }),
    settle: (id, end) => port.postMessage({ type: 'settle', id, end }),
    onFailure(listener) {
      failureListeners.add(listener);
      if (dead !== null) listener(dead);
      return () => failureListeners.delete(listener);
    },
    retry: () => port.postMessage({ type: 'retry' }),
    drawn: () => port.postMessage({ type: 'drawn' }),
  };
}

/** Of an export. */
const PARTS_AHEAD = 2;

function toError({ code, message }: PlainError): AppError {
  return new AppError(code, { message });
}
