import { createAdaptorServer } from '@hono/node-server';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from './app.ts';
import { createOwner } from './auth/create-owner.ts';
import { createClock } from './clock.ts';
import type { Config } from './config.ts';
import type { Log } from './log.ts';
import { openDeps } from './open-deps.ts';
import { maintainRegularly } from './maintain-regularly.ts';
import { createRunDeps, readEngineOptions, workerName } from './runs/run-deps.ts';
import { createRunEngine } from './runs/run-engine.ts';

export interface RunningServer {
  /** Such as `http://127.0.0.1:4100`. */
  readonly url: string;
  /** Lets calls in hand finish, ends streams, closes the database. */
  stop(): Promise<void>;
}

/** How long calls in hand may take to finish when the server stops. */
const GRACE_MS = 3_000;

export async function start(config: Config, log: Log): Promise<RunningServer> {
  const clock = createClock(config.clock);
  const deps = await openDeps({ url: config.databaseUrl, folder: config.data }, clock, log);
  try {
    await createOwner(deps.database, deps.auth, clock, {
      ...config.owner,
      tell: (email, password) =>
        log('info', 'The owner was created; the password is shown this once', { email, password }),
    });
    const runs = createRunDeps(deps, process.env);
    const engine = config.worker
      ? createRunEngine(runs, { ...readEngineOptions(process.env), owner: workerName(deps) })
      : undefined;
    const stopping = new AbortController();
    const { requestsPerMinute } = config;
    const app = createApp(deps, { requestsPerMinute, runs, engine, stopping: stopping.signal });
    const server = createAdaptorServer({ fetch: app.fetch }) as Server;
    await engine?.start();
    const stopMaintaining = maintainRegularly(deps);
    await listen(server, config);
    const { port } = server.address() as AddressInfo;
    const host = config.host.includes(':') ? `[${config.host}]` : config.host;
    return {
      url: `http://${host}:${port}`,
      stop: async () => {
        stopping.abort();
        await stopMaintaining();
        await Promise.all([close(server), engine?.stop()]);
        await deps.close();
      },
    };
  } catch (error) {
    await deps.close();
    throw error;
  }
}

function listen(server: Server, { port, host }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
