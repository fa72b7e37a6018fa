import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { waitUntil } from './wait-until.ts';

export interface TestWorker {
  /** Asks it to end by SIGTERM and waits; answers its exit code. */
  stop(): Promise<number | null>;
  /** Ends it by SIGKILL and waits. */
  kill(): Promise<void>;
}

/** `server/worker.ts` as a process of its own, once it works. */
export async function startWorker(databaseUrl: string, env: NodeJS.ProcessEnv): Promise<TestWorker> {
  const worker = spawn(process.execPath, ['server/worker.ts'], {
    env: { ...process.env, ...env, DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = once(worker, 'exit');
  let log = '';
  worker.stderr.on('data', (data: Buffer) => (log = (log + data.toString()).slice(-20_000)));
  await waitUntil(
    'the worker is ready',
    () => {
      if (worker.exitCode !== null) throw new Error(log);
      return log.includes('Working on runs');
    },
    30_000,
  );
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    worker.kill(signal);
    await exited;
    return worker.exitCode;
  };
  return { stop: () => end('SIGTERM'), kill: async () => void (await end('SIGKILL')) };
}
