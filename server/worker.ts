import { createClock } from './clock.ts';
import { readConfig } from './config.ts';
import { errorFacts, logToStderr } from './log.ts';
import { openDeps } from './open-deps.ts';
import { createRunDeps, readEngineOptions, workerName } from './runs/run-deps.ts';
import { createRunEngine } from './runs/run-engine.ts';

/** A further process that works on runs, beside servers on the same PostgreSQL. SIGTERM and SIGINT end it with exit 0. */
async function main(): Promise<void> {
  const config = readConfig(process.argv.slice(2), process.env);
  if (config.databaseUrl === undefined) {
    throw new Error(
      'A worker needs DATABASE_URL: the embedded database belongs to one process, which works on runs itself.',
    );
  }
  const deps = await openDeps({ url: config.databaseUrl }, createClock(config.clock), logToStderr);
  const engine = createRunEngine(createRunDeps(deps, process.env), {
    ...readEngineOptions(process.env),
    owner: workerName(deps),
  });
  await engine.start();
  logToStderr('info', 'Working on runs');
  const stop = (): void => {
    process.off('SIGTERM', stop).off('SIGINT', stop);
    engine
      .stop()
      .then(() => deps.close())
      .then(
        () => process.exit(0),
        (error: unknown) => fail('The worker did not stop cleanly', error),
      );
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
}

function fail(text: string, error: unknown): never {
  logToStderr('error', text, errorFacts(error));
  process.exit(1);
}

main().catch((error: unknown) => fail('The worker could not start', error));
