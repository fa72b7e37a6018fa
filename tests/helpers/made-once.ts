import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** A file or folder in the folder of this run of tests, whole or not there, also for a process that looks meanwhile; null outside of one. */
export async function madeOnce(name: string, make: (unfinished: string) => Promise<void>): Promise<string | null> {
  const runFolder = process.env['SELLERDEX_RUN_FOLDER'];
  if (runFolder === undefined) return null;
  const made = join(runFolder, name);
  if (existsSync(made)) return made;
  const unfinished = `${made}-${process.pid}`;
  await make(unfinished);
  // Another process may have been first.
  await rename(unfinished, made).catch(() => rm(unfinished, { recursive: true, force: true }));
  return made;
}
