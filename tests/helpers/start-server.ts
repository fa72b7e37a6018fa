import { join } from 'node:path';
import type { RunningServer } from '#scripts/spawn-server.ts';
import { spawnServer } from '#scripts/spawn-server.ts';
import { putSeededData } from './put-seeded-data.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface TestServerOptions {
  /** Folder of the embedded database, begun on as it is; one with an owner if not given. Not used with `DATABASE_URL` in `env`. */
  readonly dataDir?: string;
  /** Sellers in the owner's workspace; not with `dataDir` or `DATABASE_URL`. */
  readonly sellers?: number;
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

export interface TestServer {
  readonly url: string;
  readonly email: string;
  readonly password: string;
  readonly dataDir: string;
  /** What it has logged since the last start. */
  log(): string;
  /** Ends it by SIGTERM; answers the exit code. */
  stop(): Promise<number | null>;
  /** Ends it by SIGKILL. */
  kill(): Promise<void>;
  /** Starts it again with the same data and port; stops it first if it runs. */
  restart(): Promise<void>;
}

const OWNER = { email: 'owner@example.com', password: 'correct horse battery staple' };
const ownerEnv = { SELLERDEX_OWNER_EMAIL: OWNER.email, SELLERDEX_OWNER_PASSWORD: OWNER.password };

/** The real server as a process of its own, with an owner whose credentials are known. */
export async function startServer(options: TestServerOptions = {}): Promise<TestServer> {
  const dataDir = options.dataDir ?? join(temporaryFolder('server'), 'data');
  let logged = '';
  const start = (port: number) => {
    logged = '';
    return spawnServer({
      data: dataDir,
      port,
      args: options.args ?? [],
      env: { ...ownerEnv, ...options.env },
      log: (text) => (logged += text),
    });
  };
  if (options.dataDir === undefined && options.env?.['DATABASE_URL'] === undefined)
    await putSeededData(dataDir, options.sellers ?? 0, ownerEnv);
  let running: RunningServer | null = await start(0);
  const { url } = running;
  const stop = async () => {
    const code = running === null ? null : await running.stop();
    running = null;
    return code;
  };
  return {
    url,
    ...OWNER,
    dataDir,
    log: () => logged,
    stop,
    kill: async () => {
      await running?.kill();
      running = null;
    },
    restart: async () => {
      await stop();
      running = await start(Number(new URL(url).port));
    },
  };
}
