import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new folder that is gone when the process ends, however many files it holds by then. */
export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(join(process.env['SELLERDEX_RUN_FOLDER'] ?? tmpdir(), `sellerdex-${name}-`));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
