import type { EngineOptions, RunDeps } from './run-deps.ts';
import type { CallPrices, Run } from './run.ts';

/** One of a run's parallel searches in this process. */
export interface Worker {
  readonly deps: RunDeps;
  readonly options: EngineOptions;
  readonly run: Run;
  readonly prices: CallPrices;
  readonly slot: number;
  /** What the provider has warned of already; the same set for all searches of this process in the run. */
  readonly warned: Set<string>;
  /** Aborts calls in flight: the run has ended, or the process stops. */
  readonly calls: AbortSignal;
  /** Aborts waiting between calls: the same, or the run is paused. */
  readonly waits: AbortSignal;
}
