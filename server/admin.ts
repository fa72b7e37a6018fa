import { parseArgs } from 'node:util';
import { AppError } from '#lib/shared/app-error.ts';
import { commands } from './admin-commands.ts';
import { createClock } from './clock.ts';
import { readConfig } from './config.ts';
import { errorFacts, logToStderr } from './log.ts';

const help = `Works on the same --data folder or DATABASE_URL as the server. Stop a server on an embedded database first.

  create-workspace NAME
  add-member EMAIL --workspace NAME [--role owner|member] [--password P]
  reset-password EMAIL [--password P]
  backup FILE        every row as one file, secrets included: keep it as safe as the database.
                     Servers on PostgreSQL may go on working meanwhile
  restore FILE       into an empty --data folder or PostgreSQL database, whichever kind the backup
                     was made of; begins a new epoch
  new-epoch          every client starts again and keeps its changes, as after a restored backup
`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      workspace: { type: 'string' },
      role: { type: 'string' },
      password: { type: 'string' },
      data: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const [name = '', argument] = positionals;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (values.help === true || command === undefined) {
    process.stdout.write(help);
    if (values.help !== true) process.exitCode = 2;
    return;
  }
  const config = readConfig(values.data === undefined ? [] : ['--data', values.data], process.env);
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  await command({ config, clock: createClock(config.clock), argument, options: values, print });
}

main().catch((error: unknown) => {
  if (error instanceof AppError) process.stderr.write(`${error.message}\n`);
  else logToStderr('error', 'The command failed', errorFacts(error));
  process.exitCode = 1;
});
