import { spawnSync } from 'node:child_process';

/** Fills the owner's workspace of this data folder, or of `DATABASE_URL` in `env`; the folder's server must not run. */
export function seedServer(dataDir: string, sellers: number, env: NodeJS.ProcessEnv = {}): void {
  const seeded = spawnSync(process.execPath, ['server/seed.ts', '--data', dataDir, '--sellers', String(sellers)], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  if (seeded.status !== 0) throw new Error(`seed failed: ${seeded.stderr}`);
}
