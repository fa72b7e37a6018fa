import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { z } from 'zod';

export interface ServerOptions {
  /** Folder of the embedded database. */
  readonly data: string;
  /** 0: any. */
  readonly port?: number;
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Gets what the server writes to stderr. */
  readonly log?: (text: string) => void;
}

export interface RunningServer {
  readonly url: string;
  readonly pid: number;
  /** Asks it to end and waits; answers its exit code. */
  stop(): Promise<number | null>;
  /** Ends it at once by SIGKILL and waits. */
  kill(): Promise<void>;
  /** Ends when the process has. */
  readonly exited: Promise<number | null>;
}

const readyLine = z.object({ url: z.url() });
const READY_WITHIN_MS = 60_000;

/** Starts `server/main.ts` as a process of its own and waits for its ready line. */
export async function spawnServer(options: ServerOptions): Promise<RunningServer> {
  const args = ['server/main.ts', '--data', options.data, '--port', String(options.port ?? 0), ...(options.args ?? [])];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-20_000);
    options.log?.(text);
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const firstLine = new Promise<string>((resolve) => createInterface(child.stdout).once('line', resolve));
  let late: NodeJS.Timeout | undefined;
  const line = await Promise.race([
    firstLine,
    exited.then((code) => Promise.reject(new Error(`The server ended with ${code} before it was ready.\n${errors}`))),
    new Promise<never>((_, reject) => {
      late = setTimeout(() => {
        child.kill('SIGKILL');
        reject(new Error(`The server was not ready within ${READY_WITHIN_MS} ms.\n${errors}`));
      }, READY_WITHIN_MS);
    }),
  ]);
  clearTimeout(late);
  const { url } = readyLine.parse(JSON.parse(line.replace(/^ready /, '')));
  return {
    url,
    pid: child.pid ?? 0,
    exited,
    stop: () => (child.kill('SIGTERM'), exited),
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
