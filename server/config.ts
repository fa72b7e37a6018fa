import { parseArgs } from 'node:util';
import { AppError } from '#lib/shared/app-error.ts';

export interface Config {
  readonly port: number;
  readonly host: string;
  /** Folder of the embedded database; unused with `databaseUrl`. */
  readonly data: string;
  readonly databaseUrl: string | undefined;
  /** Whether this process works on runs too. */
  readonly worker: boolean;
  readonly owner: { readonly email: string | undefined; readonly password: string | undefined };
  readonly clock: string | undefined;
  readonly requestsPerMinute: number;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Options from the command line and the environment. Throws `invalid_request` for what is no option. */
export function readConfig(args: readonly string[], env: Env): Config {
  const { values } = parse(args);
  return {
    port: whole('--port', values.port ?? env['PORT'] ?? '0', 65_535),
    host: values.host ?? '127.0.0.1',
    data: values.data ?? '.data/server',
    databaseUrl: env['DATABASE_URL'] === '' ? undefined : env['DATABASE_URL'],
    worker: values['no-worker'] !== true,
    owner: { email: env['SELLERDEX_OWNER_EMAIL'], password: env['SELLERDEX_OWNER_PASSWORD'] },
    clock: env['SELLERDEX_CLOCK'],
    requestsPerMinute: whole(
      'SELLERDEX_REQUESTS_PER_MINUTE',
      env['SELLERDEX_REQUESTS_PER_MINUTE'] ?? '12000',
      10_000_000,
    ),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        data: { type: 'string' },
        'no-worker': { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new AppError('invalid_request', {
      message: error instanceof Error ? error.message : String(error),
      cause: error,
    });
  }
}

function whole(name: string, text: string, max: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > max) {
    throw new AppError('invalid_request', { message: `${name} must be a whole number from 0 to ${max}, not ${text}.` });
  }
  return value;
}
