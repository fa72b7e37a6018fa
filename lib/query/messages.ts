import type { NumberRuns } from '#lib/shared/number-runs.ts';
import type { ErrorCode } from '#lib/shared/error-codes.ts';
import type { ExportForm } from './export-text.ts';
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

/** Questions to the worker and the answer to each. Views are numbered by the page. */
export interface Questions {
  window: { ask: { view: number; from: number; to: number; anchor: Anchor | null }; answer: Window };
  positions: { ask: { view: number; handles: readonly number[] }; answer: number[] };
  handleRuns: { ask: { view: number; from: number; to: number }; answer: NumberRuns };
  facets: { ask: { query: Query }; answer: Facets };
  overview: { ask: { ends: readonly number[] }; answer: Overview };
  /** All fields of one seller; null when it is not there. */
  seller: { ask: { no: number }; answer: ReadSeller | null };
  /** By handle. */
  storedFields: { ask: { nos: readonly number[] }; answer: Map<number, StoredFields> };
  knownNames: { ask: { names: readonly string[] }; answer: Set<string> };
  /** Begins an iteration, or goes on with it: the next rows, none at its end. Iterations are numbered by the page. */
  iterate: {
    ask: { iteration: number; query: Query | null; chosen: ChosenRows | null; size: number };
    answer: SellerRow[];
  };
  /** The same as text of a file. */
  exportRows: {
    ask: { iteration: number; query: Query | null; chosen: ChosenRows | null; size: number; form: ExportForm };
    answer: ExportPart;
  };
  choose: { ask: { view: number; chosen: ChosenRows; change: MarkChange; id: string | null }; answer: PackedTargets };
}
export type QuestionName = keyof Questions;

/** From the page to the worker. A `call` is answered by one message with the same number. */
export type ToWorker =
  | { readonly type: 'start'; readonly storeKey: string }
  | { readonly type: 'retry' }
  /** The page has drawn its first rows: reading may take the processor again. */
  | { readonly type: 'drawn' }
  | {
      readonly type: 'open';
      readonly view: number;
      readonly query: Query;
      readonly alternatives: Alternatives;
    }
  | {
      readonly type: 'update';
      readonly view: number;
      readonly query: Query;
      /** Left out: as before. */
      readonly alternatives?: Alternatives | undefined;
    }
  | { readonly type: 'close'; readonly view: number }
  | { readonly type: 'endIteration'; readonly iteration: number }
  | { readonly type: 'assume'; readonly id: string; readonly change: MarkChange; readonly nos: Float64Array }
  | { readonly type: 'settle'; readonly id: string; readonly end: 'landed' | 'takeBack' }
  | {
      [N in QuestionName]: {
        readonly type: 'ask';
        readonly call: number;
        readonly name: N;
        readonly ask: Questions[N]['ask'];
      };
    }[QuestionName];

export interface PlainError {
  readonly code: ErrorCode;
  readonly message: string;
}

/** From the worker to the page. */
export type FromWorker =
  | { readonly type: 'state'; readonly view: number; readonly state: ViewState }
  | { readonly type: 'answer'; readonly call: number; readonly value: unknown }
  | { readonly type: 'refused'; readonly call: number; readonly error: PlainError }
  /** The store cannot be read; `retry` tries again. */
  | { readonly type: 'failed'; readonly error: PlainError };

/** Both ends of a `Worker` or a `MessageChannel`. */
export interface Port<In, Out> {
  postMessage(message: Out): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<In>) => void): void;
}
