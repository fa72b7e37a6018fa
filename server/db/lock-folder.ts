import { randomInt } from 'node:crypto';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '#lib/shared/app-error.ts';

const CLAIM = /^lock\.[0-9a-f-]{36}$/;
const ATTEMPTS = 6;

/**
 * Claims a data folder for this process and returns the release. Two processes on one embedded
 * database destroy it, and the database itself does not notice. Throws `unavailable` when another
 * living process holds the folder.
 *
 * Each claim is a file of its own: one is put down first, then looked for others. So two can never
 * both hold the folder, and clearing away a dead claim can never hit a living one. Two that come at
 * the same moment may both see the other; then both step back and come again at random.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  for (let attempt = 1; ; attempt += 1) {
    const name = `lock.${crypto.randomUUID()}`;
    const release = (): Promise<void> => rm(join(folder, name), { force: true });
    await putClaim(folder, name);
    const holder = await findOther(folder, name);
    if (holder === null) return release;
    await release();
    if (attempt === ATTEMPTS) throw inUse(folder, holder.pid);
    await sleep(randomInt(1, 15 * attempt));
  }
}

// Renamed into place, so that no other ever reads half a claim.
async function putClaim(folder: string, name: string): Promise<void> {
  const draft = join(folder, `draft-${name}`);
  await writeFile(draft, JSON.stringify({ pid: process.pid, started: await startOf(process.pid) }));
  await rename(draft, join(folder, name));
}

/** Another living holder; claims of the dead are removed. */
async function findOther(folder: string, own: string): Promise<Holder | null> {
  for (const name of await readdir(folder)) {
    if (name === own || !CLAIM.test(name)) continue;
    const text = await readText(join(folder, name));
    const holder = text === null ? null : parseHolder(text);
    if (holder !== null && (await isAlive(holder))) return holder;
    await rm(join(folder, name), { force: true });
  }
  return null;
}

function inUse(folder: string, pid: number): AppError {
  return new AppError('unavailable', {
    message: `The data folder ${folder} is in use by process ${pid}. Stop that server, or give another folder with --data.`,
    details: { folder, pid },
  });
}

interface Holder {
  pid: number;
  started: string | null;
}

async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null;
    throw error;
  }
}

/** null: written by something else, or cut off by a crash of the whole computer. */
function parseHolder(text: string): Holder | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('pid' in value) || typeof value.pid !== 'number') return null;
    return { pid: value.pid, started: 'started' in value && typeof value.started === 'string' ? value.started : null };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

async function isAlive({ pid, started }: Holder): Promise<boolean> {
  if (pid === process.pid) return started === (await startOf(pid));
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!isCode(error, 'EPERM')) return false;
  }
  // The number may have gone to another process since.
  return started === null || started === (await startOf(pid));
}

/** When the process started, in the kernel's ticks; null where the system does not tell. */
async function startOf(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold spaces; start time is field 22, the 20th after it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'ESRCH')) return null;
    throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
