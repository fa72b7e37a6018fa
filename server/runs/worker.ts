import type { Announcer } from './announcer.ts';
import type { EngineOptions, RunDeps } from './run-deps.ts';
import type { Run } from './run.ts';

/** One of a run's parallel searches in this process. */
export interface Worker {
  readonly deps: RunDeps;
  readonly options: EngineOptions;
  readonly run: Run;
  readonly announcer: Announcer;
  readonly slot: number;
  /** Aborts calls in flight: the run has ended, or the process stops. */
  readonly calls: AbortSignal;
  /** Aborts waiting between calls: the same, or the run is paused. */
  readonly waits: AbortSignal;
}
