import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runProgram } from './run-program.ts';

export interface BuildOptions {
  readonly browser: 'chrome' | 'firefox';
  /** Match patterns of further pages that the overlay marks; makes it a test build. */
  readonly ebayOrigins?: string;
  /** Builds even if the sources are those of the last build. */
  readonly always?: boolean;
}

const sources = ['entrypoints/**', 'components/**', 'lib/**', 'public/**'];
const files = ['wxt.config.ts', 'package.json', 'package-lock.json', 'tsconfig.json'];

/** Builds the extension when its sources have changed; answers the folder with its manifest. */
export async function buildExtension(options: BuildOptions): Promise<string> {
  const folder = `.output/${options.ebayOrigins ? 'test-' : ''}${options.browser}-mv3`;
  await withBuildLock(async () => {
    const stampFile = `${folder}.stamp`;
    const stamp = hashSources(options.ebayOrigins ?? '');
    if (!options.always && readStamp(stampFile) === stamp) return;
    await runProgram('wxt', ['build', '-b', options.browser], {
      // A test runner's own NODE_ENV would put React's development build, several times slower, under test.
      env: { ...process.env, NODE_ENV: 'production', SELLERDEX_EBAY_ORIGINS: options.ebayOrigins ?? '' },
    });
    writeFileSync(stampFile, stamp);
  });
  return join(process.cwd(), folder);
}

/** Runs one at a time across processes: a build empties the folder that another may be copying. */
export async function withBuildLock<T>(run: () => Promise<T>): Promise<T> {
  const lock = '.output/.building';
  mkdirSync('.output', { recursive: true });
  const deadline = Date.now() + 120_000;
  while (!tryToLock(lock)) {
    if (Date.now() > deadline) throw new Error(`${lock} is held. Remove it if no build is running.`);
    await sleep(100);
  }
  try {
    return await run();
  } finally {
    rmdirSync(lock);
  }
}

function tryToLock(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function readStamp(file: string): string | null {
  return globSync(file).length === 0 ? null : readFileSync(file, 'utf8');
}

function hashSources(origins: string): string {
  const hash = createHash('sha256').update(origins);
  const inFolders = globSync(sources, { withFileTypes: true, exclude: ['**/*.test.{ts,tsx}'] })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  for (const file of [...inFolders, ...files].sort()) hash.update(file).update(readFileSync(file));
  return hash.digest('hex');
}
