import { spawnSync } from 'node:child_process';

/** Fills the owner's workspace of this data folder; its server must not run. */
export function seedServer(dataDir: string, sellers: number): void {
  const seeded = spawnSync(process.execPath, ['server/seed.ts', '--data', dataDir, '--sellers', String(sellers)], {
    encoding: 'utf8',
  });
  if (seeded.status !== 0) throw new Error(`seed failed: ${seeded.stderr}`);
}
