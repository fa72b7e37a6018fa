import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { madeOnce } from './made-once.ts';
import { seedServer } from './seed-server.ts';

/**
 * Makes the data folder of a server with an owner (`env`) and so many sellers. In a run of tests it is a copy of one
 * that was made once: a first start and a seeding take three times as long as a start with it. Outside of one it is left to the
 * server when nobody is to be in it.
 */
export async function putSeededData(dataDir: string, sellers: number, env: NodeJS.ProcessEnv): Promise<void> {
  const folder = await madeOnce(`data-of-${sellers}`, async (unfinished) => seedServer(unfinished, sellers, env));
  if (folder === null && sellers > 0) seedServer(dataDir, sellers, env);
  if (folder !== null) await promisify(execFile)('cp', ['-a', folder, dataDir]);
}
