import { start } from './start.ts';
import { readConfig } from './config.ts';
import { errorFacts, logToStderr } from './log.ts';

/** Starts the server; the first line of stdout says where it listens. SIGTERM and SIGINT end it with exit 0. */
async function main(): Promise<void> {
  const server = await start(readConfig(process.argv.slice(2), process.env), logToStderr);
  process.stdout.write(`ready ${JSON.stringify({ url: server.url })}\n`);
  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    logToStderr('info', 'Stopping', { signal });
    server.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logToStderr('error', 'The server did not stop cleanly', errorFacts(error));
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch((error: unknown) => {
  logToStderr('error', 'The server could not start', errorFacts(error));
  process.exit(1);
});
