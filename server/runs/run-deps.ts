import type { Clock } from '#server/clock.ts';
import type { Db } from '#server/db/open-database.ts';
import type { Deps } from '#server/deps.ts';
import type { LiveHub } from '#server/live/hub.ts';
import type { Log } from '#server/log.ts';
import { createSources } from '#server/sources/create-sources.ts';
import type { Sources } from '#server/sources/source.ts';
import type { Throttles } from './throttles.ts';
import { createThrottles } from './throttles.ts';

/** What runs are made of; the same for the engine and the routes. */
export interface RunDeps {
  readonly db: Db;
  readonly hub: LiveHub;
  readonly clock: Clock;
  readonly log: Log;
  readonly sources: Sources;
  /** Shared by all runs of the process. */
  readonly throttles: Throttles;
}

/** How a process works on runs; tests shorten the times. */
export interface EngineOptions {
  /** Names this process in leases. A process that takes a dead one's name takes its leases at once. */
  readonly owner: string;
  /** How long a unit stays with a process that no longer renews it, in milliseconds. */
  readonly leaseMs: number;
  /** Wait before the first repeat of a failed call; doubled for each further one. */
  readonly backoffMs: number;
  /** How often a process looks for runs to work on and renews its leases. */
  readonly tickMs: number;
}

/** Name of one driver of a process in leases: it begins with the process's. */
export const driverOwner = (process: string): string => `${process}/${crypto.randomUUID()}`;

export const defaultEngineOptions: Omit<EngineOptions, 'owner'> = { leaseMs: 12_000, backoffMs: 1000, tickMs: 1000 };

/** A lease of few ticks is lost whenever the process is busy for a moment. */
const SHORTEST_LEASE_MS = 3 * defaultEngineOptions.tickMs;

/** Those of a process with this environment. */
export function readEngineOptions(env: Readonly<Record<string, string | undefined>>): Omit<EngineOptions, 'owner'> {
  const leaseMs = Number(env['SELLERDEX_LEASE_MS'] ?? defaultEngineOptions.leaseMs);
  return leaseMs >= SHORTEST_LEASE_MS ? { ...defaultEngineOptions, leaseMs } : defaultEngineOptions;
}

/** From what the process has; sources and their keys from its environment. */
export function createRunDeps(
  { database, hub, clock, log }: Pick<Deps, 'database' | 'hub' | 'clock' | 'log'>,
  env: Parameters<typeof createSources>[0],
): RunDeps {
  const { db } = database;
  return { db, hub, clock, log, sources: createSources(env, { db, clock, log }), throttles: createThrottles() };
}

/** An embedded database has one process, so its next one may take what the last one had in work. */
export function workerName({ database }: Pick<Deps, 'database'>): string {
  return database.engine === 'pglite' ? 'embedded' : `${process.pid}-${crypto.randomUUID()}`;
}
