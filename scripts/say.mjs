import { dirname } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** A line for the person at the terminal, never on stdout. */
export function say(text) {
  process.stderr.write(`${text}\n`);
}
