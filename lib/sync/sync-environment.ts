import type { Api } from '#lib/api/client.ts';
import type { BatchLimits } from '#lib/store/outbox-sending.ts';
import type { StoreWriter } from '#lib/store/writer.ts';

/** Everything that the sync loop touches outside itself, so that a simulator can run it. */
export interface SyncEnvironment {
  readonly api: Pick<Api, 'pull' | 'push'>;
  readonly writer: StoreWriter;
  /** Epoch milliseconds. */
  now(): number;
  /** 0 ≤ random < 1, for jitter. */
  random(): number;
  /** Smaller pushes than usual, so that a few edits fill several. */
  readonly batchLimits?: Partial<BatchLimits>;
  newId(): string;
  sleep(ms: number): Promise<void>;
  /** False when the system knows that there is no network; then nothing is tried twice. */
  isOnline(): boolean;
  /** Runs `work` while no other context syncs this store. */
  withLock<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Keeps the browser from ending the worker until the returned function is called. */
  keepAlive(): () => void;
  /** The server no longer takes the token. */
  signedOut(): Promise<void>;
}
