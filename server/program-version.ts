import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The version in package.json. */
export const programVersion = readVersion();

function readVersion(): string {
  const value: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8'));
  if (typeof value === 'object' && value !== null && 'version' in value) return String(value.version);
  throw new Error('package.json has no version');
}
