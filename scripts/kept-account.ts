import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const keptAccount = z.object({ email: z.string(), password: z.string(), port: z.int() });
/** The owner of a local server, and the port by which the browser knows it; 0 before the first start. */
export type KeptAccount = z.infer<typeof keptAccount>;

/** What the last start kept in `file`; a new owner with a random password if there was none. */
export function readKeptAccount(file: string): KeptAccount {
  if (existsSync(file)) return keptAccount.parse(JSON.parse(readFileSync(file, 'utf8')));
  return { email: 'owner@sellerdex.local', password: randomBytes(12).toString('base64url'), port: 0 };
}

/** Keeps it where only this user reads it. */
export function keepAccount(file: string, account: KeptAccount): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(account, null, 2)}\n`, { mode: 0o600 });
}
